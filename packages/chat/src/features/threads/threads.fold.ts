import type { Folds } from '../../world/folds.ts';
import type { ChannelState } from '../../world/state.ts';

export const threadFolds: Folds = {
  THREAD_MEMBER_ADD: (world, { body }) => {
    const state = world.channels.get(body.channel_id);
    state?.followers?.add(body.user_id);
    if (state !== undefined) countFollowers(state);
  },
  THREAD_MEMBER_REMOVE: (world, { body }) => {
    const state = world.channels.get(body.channel_id);
    state?.followers?.delete(body.user_id);
    if (state !== undefined) countFollowers(state);
  },
};

function countFollowers(state: ChannelState): void {
  if (state.followers !== null) state.channel = { ...state.channel, member_count: state.followers.size };
}
