import type { Folds } from '../../world/folds.ts';

export const messageFolds: Folds = {
  MESSAGE_CREATE: (world, { body, origin }) => {
    const state = world.channels.get(body.channel_id);
    if (state === undefined || origin === 'import') return;
    // In place: this runs for every message, and nobody else holds on to the entity.
    state.channel.last_message_id = body.id;
    state.channel.last_message_at = body.created_at;
  },
  HISTORY_CHANGED: (world, { body }) => {
    const state = world.channels.get(body.channel_id);
    if (state === undefined) return;
    state.channel.last_message_id = body.last_message_id ?? state.channel.last_message_id;
    state.channel.last_message_at = body.last_message_at ?? state.channel.last_message_at;
  },
};
