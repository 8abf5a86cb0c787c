import type { Id, Recipient } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';
import type { ChannelState } from '../../world/state.ts';

export const conversationFolds: Folds = {
  RECIPIENT_ADD: (world, { body, position }) => {
    const state = world.channels.get(body.channel_id);
    const user = world.users.get(body.user_id);
    if (state === undefined || user === undefined) return;
    const { user_id, role, joined_at } = body;
    state.groupRoles?.set(user_id, role);
    setPeople(state, [...others(state, user_id), { user_id, role, joined_at }]);
    user.dms.add(state);
    user.visibleSince = position;
  },
  RECIPIENT_UPDATE: (world, { body }) => {
    const state = world.channels.get(body.channel_id);
    const { user_id, role } = body;
    if (state === undefined || role === undefined || state.groupRoles?.has(user_id) !== true) return;
    state.groupRoles.set(user_id, role);
    const people = (state.channel.recipients ?? []).map((one) => (one.user_id === user_id ? { ...one, role } : one));
    setPeople(state, people);
  },
  RECIPIENT_REMOVE: (world, { body, position }) => {
    const state = world.channels.get(body.channel_id);
    const user = world.users.get(body.user_id);
    if (state === undefined || user === undefined) return;
    if (body.is_banned) state.groupBans?.add(body.user_id);
    user.visibleSince = position;
    if (!state.recipients.includes(body.user_id)) return;
    state.groupRoles?.delete(body.user_id);
    setPeople(state, others(state, body.user_id));
    user.dms.delete(state);
  },
  RECIPIENT_UNBAN: (world, { body }) => {
    world.channels.get(body.channel_id)?.groupBans?.delete(body.user_id);
  },
};

function others({ channel }: ChannelState, userId: Id): Recipient[] {
  return (channel.recipients ?? []).filter((one) => one.user_id !== userId);
}

/** The owner of a group is who has that role: handing it over is a change of two roles. */
function setPeople(state: ChannelState, people: readonly Recipient[]): void {
  const sorted = [...people].sort((a, b) => (a.user_id < b.user_id ? -1 : 1));
  const owner = sorted.find(({ role }) => role === 'owner')?.user_id;
  const { owner_id: _before, ...channel } = state.channel;
  state.recipients = sorted.map(({ user_id }) => user_id);
  state.channel = {
    ...channel,
    recipients: sorted,
    recipient_ids: [...state.recipients],
    ...(owner === undefined ? {} : { owner_id: owner }),
  };
}
