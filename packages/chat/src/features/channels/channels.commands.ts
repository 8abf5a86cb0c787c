import { LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope } from '../../log/envelope.ts';
import {
  authorityInChannel,
  authorityInServer,
  requireChannel,
  requireChannelPermission,
  requireServer,
  requireServerPermission,
} from '../access.ts';
import { newChannel } from '../servers/servers.queries.ts';
import { deleteThread, updateThread } from '../threads/threads.queries.ts';

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
    const last = [...server.channels.values()].reduce(
      (highest, { channel }) => Math.max(highest, channel.position),
      -1,
    );
    const channel = newChannel({
      id: ids.next(),
      server_id: server.id,
      name: params.name,
      type: params.type ?? 'text',
      topic: params.topic ?? '',
      position: last + 1,
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

export const updateChannel: HandlerOf<'channel.update'> = {
  limit: 'write',
  decide: (decide) => {
    const { world, params, actor, now } = decide;
    const state = requireChannel(world, actor.userId, params.channel_id);
    if (state.parent !== null) return updateThread(decide, state);
    if (state.server === null) throw new Refusal('WRONG_CHANNEL_TYPE');
    requireChannelPermission(world, actor.userId, params.channel_id, Permission.MANAGE_CHANNELS);
    const { channel_id: id, ...given } = params;
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    if (Object.keys(changes).length === 0) return { answer: state.channel };
    const body = { id, ...changes, updated_at: new Date(now).toISOString() };
    return {
      events: [{ type: 'CHANNEL_UPDATE', scope: channelScope(id), subject: id, body }],
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'exists', key: 'channel', args: [id], refusal: 'UNKNOWN_CHANNEL' },
      ],
      result: () => state.channel,
    };
  },
};

/** A tombstone; a job purges what was said (E17). */
export const deleteChannel: HandlerOf<'channel.delete'> = {
  limit: 'write',
  decide: (decide) => {
    const { world, params, actor, now } = decide;
    const id = params.channel_id;
    const state = requireChannel(world, actor.userId, id);
    if (state.parent !== null) return deleteThread(decide, state);
    if (state.server === null) throw new Refusal('WRONG_CHANNEL_TYPE');
    requireChannelPermission(world, actor.userId, id, Permission.MANAGE_CHANNELS);
    const body = { id, server_id: state.server.id, deleted_at: new Date(now).toISOString() };
    return {
      events: [{ type: 'CHANNEL_DELETE', scope: channelScope(id), subject: id, body }],
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'exists', key: 'channel', args: [id], refusal: 'UNKNOWN_CHANNEL' },
      ],
      result: () => null,
    };
  },
};
