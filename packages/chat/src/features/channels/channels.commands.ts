import { LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope } from '../../log/envelope.ts';
import type { ServerState } from '../../world/state.ts';
import {
  authorityInChannel,
  authorityInServer,
  requireChannel,
  requireChannelPermission,
  requireServer,
  requireServerPermission,
} from '../access.ts';
import { withReason } from '../audit-note.ts';
import { deleteGroup } from '../conversations/conversations.queries.ts';
import { newChannel } from '../servers/servers.queries.ts';
import { deleteThread } from '../threads/threads.queries.ts';
import { withOwnSight } from './own-sight.ts';

export const listChannels: HandlerOf<'channel.list'> = {
  limit: 'read',
  query: async ({ server_id }, { actor }, { world }) => {
    const server = requireServer(world, actor.userId, server_id);
    const items = world.visibleChannels(actor.userId, server).map((state) => state.channel);
    return { result: { items, has_more: false }, position: world.tail };
  },
};

export const getChannel: HandlerOf<'channel.get'> = {
  limit: 'read',
  query: async ({ channel_id }, { actor }, { world }) => ({
    result: requireChannel(world, actor.userId, channel_id).channel,
    position: world.tail,
  }),
};

export const createChannel: HandlerOf<'channel.create'> = {
  limit: 'write',
  decide: ({ world, params, actor, now, ids }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_CHANNELS);
    const { category_id = null, is_private = false } = params;
    requireCategoryOf(server, category_id);
    const channel = newChannel({
      id: ids.next(),
      server_id: server.id,
      name: params.name,
      type: params.type ?? 'text',
      topic: params.topic ?? '',
      category_id,
      is_private,
      is_nsfw: params.is_nsfw ?? false,
      slow_mode_delay: params.slow_mode_delay ?? 0,
      permission_overrides: is_private ? withOwnSight(actor.userId, server, { category_id }) : [],
      position: below(server),
      at: new Date(now).toISOString(),
    });
    return {
      events: [{ type: 'CHANNEL_CREATE', scope: channelScope(channel.id), subject: channel.id, body: channel }],
      guards: [
        authorityInServer(world, actor.userId, server.id),
        {
          kind: 'count_below',
          key: 'channels_of_server',
          args: [server.id],
          below: LIMITS.CHANNELS_PER_SERVER,
          refusal: 'LIMIT_REACHED',
        },
      ],
      result: () => channel,
    };
  },
  replay: (event, params, world) => {
    if (event.type !== 'CHANNEL_CREATE' || event.body.server_id !== params.server_id || event.body.name !== params.name)
      return null;
    return world.channel(event.body.id)?.channel ?? event.body;
  },
};

/** A tombstone: it and its threads are out of sight at once, and a job purges what was said (E17). */
export const deleteChannel: HandlerOf<'channel.delete'> = {
  limit: 'write',
  decide: (decide) => {
    const { world, params, actor, now } = decide;
    const { channel_id: id, reason } = params;
    const state = requireChannel(world, actor.userId, id);
    if (state.channel.type === 'thread') return deleteThread(decide, state);
    if (state.server === null) return deleteGroup(decide, state);
    requireChannelPermission(world, actor.userId, id, Permission.MANAGE_CHANNELS);
    const body = { id, server_id: state.server.id, deleted_at: new Date(now).toISOString() };
    return {
      events: withReason(state.server.id, reason, {
        type: 'CHANNEL_DELETE',
        scope: channelScope(id),
        subject: id,
        body,
      }),
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'exists', key: 'channel', args: [id], refusal: 'UNKNOWN_CHANNEL' },
      ],
      result: () => null,
    };
  },
};

/** A category of this very server. */
export function requireCategoryOf(server: ServerState, categoryId: string | null): void {
  if (categoryId !== null && !server.categories.has(categoryId)) throw new Refusal('UNKNOWN_CATEGORY');
}

function below(server: ServerState): number {
  let last = -1;
  for (const { channel, parent, deletedAt } of server.channels.values()) {
    if (parent === null && deletedAt === null) last = Math.max(last, channel.position);
  }
  return last + 1;
}
