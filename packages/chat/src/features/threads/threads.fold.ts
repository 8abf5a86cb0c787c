import type { Id } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';
import type { World } from '../../world/world.ts';

export const threadFolds: Folds = {
  THREAD_MEMBER_ADD: (world, { body }) => {
    addFollower(world, body.channel_id, body.user_id);
  },
  THREAD_MEMBER_REMOVE: (world, { body }) => {
    removeFollower(world, body.channel_id, body.user_id);
  },
};

export function addFollower(world: World, channelId: Id, userId: Id): void {
  const state = world.channels.get(channelId);
  if (state === undefined || state.followers === null) return;
  state.followers.add(userId);
  state.channel = { ...state.channel, member_count: state.followers.size };
  const followed = world.followed.get(userId);
  if (followed === undefined) world.followed.set(userId, new Set([state]));
  else followed.add(state);
}

/** The account is gone: it follows nothing any more. */
export function forgetFollower(world: World, userId: Id): void {
  for (const { channel } of world.followed.get(userId) ?? []) removeFollower(world, channel.id, userId);
}

function removeFollower(world: World, channelId: Id, userId: Id): void {
  const state = world.channels.get(channelId);
  if (state === undefined || state.followers?.delete(userId) !== true) return;
  state.channel = { ...state.channel, member_count: state.followers.size };
  const followed = world.followed.get(userId);
  followed?.delete(state);
  if (followed?.size === 0) world.followed.delete(userId);
}
