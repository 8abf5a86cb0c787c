import type { Id } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';
import type { World } from '../../world/world.ts';

export const messageFolds: Folds = {
  MESSAGE_CREATE: (world, { body, origin }) => {
    const state = world.channels.get(body.channel_id);
    if (state === undefined || origin === 'import') return;
    // In place: this runs for every message, and nobody else holds on to the entity.
    state.channel.last_message_id = body.id;
    state.channel.last_message_at = body.created_at;
    if (state.channel.message_count !== undefined) state.channel.message_count += 1;
  },
  MESSAGE_DELETE: (world, { body }) => {
    countFewer(world, body.channel_id, 1);
  },
  MESSAGE_DELETE_BULK: (world, { body }) => {
    countFewer(world, body.channel_id, body.ids.length);
  },
  MESSAGE_PIN: (world, { body }) => {
    const state = world.channels.get(body.channel_id);
    if (state !== undefined) state.channel.last_pin_at = body.pinned_at;
  },
  HISTORY_CHANGED: (world, { body }) => {
    const state = world.channels.get(body.channel_id);
    if (state === undefined) return;
    state.channel.last_message_id = body.last_message_id ?? state.channel.last_message_id;
    state.channel.last_message_at = body.last_message_at ?? state.channel.last_message_at;
  },
};

/** A thread says how many messages it holds. */
function countFewer(world: World, channelId: Id, count: number): void {
  const channel = world.channels.get(channelId)?.channel;
  if (channel?.message_count !== undefined) channel.message_count -= count;
}
