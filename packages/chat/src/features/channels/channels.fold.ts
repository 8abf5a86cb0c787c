import type { Folds } from '../../world/folds.ts';

export const channelFolds: Folds = {
  CHANNEL_CREATE: (world, { body }) => {
    const server = body.server_id === undefined ? null : (world.servers.get(body.server_id) ?? null);
    const state = {
      channel: body,
      server,
      recipients: body.recipient_ids ?? [],
      deletedAt: null,
    };
    world.channels.set(body.id, state);
    server?.channels.set(body.id, state);
    for (const userId of state.recipients) world.users.get(userId)?.dms.add(state);
  },
  CHANNEL_UPDATE: (world, { body, at }) => {
    const state = world.channels.get(body.id);
    if (state === undefined) return;
    const { channel } = state;
    state.channel = {
      ...channel,
      name: body.name ?? channel.name,
      topic: body.topic ?? channel.topic,
      position: body.position ?? channel.position,
      slow_mode_delay: body.slow_mode_delay ?? channel.slow_mode_delay,
      updated_at: new Date(at).toISOString(),
    };
  },
  CHANNEL_DELETE: (world, { body, at }) => {
    const state = world.channels.get(body.id);
    if (state !== undefined) state.deletedAt = at;
  },
};
