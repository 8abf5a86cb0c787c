import { type Channel, type CommandParams, type CommandResult, type Id, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope, type Guard, type NewEvent } from '../../log/envelope.ts';
import type { ChannelState, ServerState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import {
  authorityInChannel,
  authorityInServer,
  requireChannel,
  requireChannelPermission,
  requireServerPermission,
} from '../access.ts';
import { withReason } from '../audit-note.ts';
import { updateGroup } from '../conversations/conversations.queries.ts';
import { requireMayMove } from '../escalation.ts';
import { updateThread } from '../threads/threads.queries.ts';
import { requireCategoryOf } from './channels.commands.ts';
import { withOwnSight } from './own-sight.ts';

/** Each kind of channel has its own part of it. */
export const updateChannel: HandlerOf<'channel.update'> = {
  limit: 'write',
  decide: (decide) => {
    const { world, params, actor, now } = decide;
    const state = requireChannel(world, actor.userId, params.channel_id);
    if (state.channel.type === 'thread') return updateThread(decide, state);
    const { server } = state;
    if (server === null) return updateGroup(decide, state);
    requireChannelPermission(world, actor.userId, params.channel_id, Permission.MANAGE_CHANNELS);
    const changes = changesOf(state.channel, params);
    if (changes.category_id !== undefined) {
      requireCategoryOf(server, changes.category_id);
      requireMayMove(actor.userId, server, state, changes.category_id);
    }
    if (Object.keys(changes).length === 0) return { answer: state.channel };
    const body =
      changes.is_private === true ? { ...changes, ...seenByOne(actor.userId, server, state, changes) } : changes;
    return {
      events: withReason(server.id, params.reason, changed(server, state, body, now)),
      guards: [authorityInChannel(world, actor.userId, state), stillThere(state.channel.id)],
      result: () => state.channel,
    };
  },
};

/** All moves or none. */
export const reorderChannels: HandlerOf<'channel.reorder'> = {
  limit: 'write',
  decide: ({ world, params, actor, now }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_CHANNELS);
    const moved = movesOf(world, actor.userId, server, params);
    const answer = (): CommandResult<'channel.reorder'> => ({
      items: world
        .visibleChannels(actor.userId, server)
        .flatMap(({ channel, parent }) => (parent === null ? [channel] : [])),
      has_more: false,
    });
    if (moved.length === 0) return { answer: answer() };
    return {
      events: moved.map(({ state, changes }) => changed(server, state, changes, now)),
      guards: [
        authorityInServer(world, actor.userId, server.id),
        ...moved.flatMap(({ state }): Guard[] => [
          authorityInChannel(world, actor.userId, state),
          stillThere(state.channel.id),
        ]),
      ],
      result: answer,
    };
  },
};

interface Move {
  readonly state: ChannelState;
  readonly changes: Partial<Channel>;
}

function movesOf(
  world: World,
  userId: Id,
  server: ServerState,
  { channels }: CommandParams<'channel.reorder'>,
): Move[] {
  if (new Set(channels.map(({ channel_id }) => channel_id)).size !== channels.length)
    throw new Refusal('INVALID_PARAMS', { issues: [{ path: 'channels', message: 'names a channel twice' }] });
  return channels.flatMap(({ channel_id, position, category_id }) => {
    const state = requireChannel(world, userId, channel_id);
    if (state.server !== server || state.parent !== null) throw new Refusal('UNKNOWN_CHANNEL');
    requireChannelPermission(world, userId, channel_id, Permission.MANAGE_CHANNELS);
    const changes = changesOf(state.channel, { position, category_id });
    if (changes.category_id !== undefined) {
      requireCategoryOf(server, changes.category_id);
      requireMayMove(userId, server, state, changes.category_id);
    }
    return Object.keys(changes).length === 0 ? [] : [{ state, changes }];
  });
}

/** What is set that was otherwise. What only groups and threads have does not work here. */
function changesOf(channel: Channel, params: Partial<CommandParams<'channel.update'>>): Partial<Channel> {
  const { channel_id: _id, reason: _reason, visibility, auto_archive_after, ...given } = params;
  if (visibility !== undefined || auto_archive_after !== undefined) throw new Refusal('WRONG_CHANNEL_TYPE');
  return Object.fromEntries(
    Object.entries(given).filter(([field, value]) => value !== undefined && value !== channel[field as keyof Channel]),
  );
}

/** Whoever makes a channel private still sees it; what is the same as before is not said again. */
function seenByOne(
  userId: Id,
  server: ServerState,
  { channel }: ChannelState,
  changes: Partial<Channel>,
): Pick<Channel, 'permission_overrides'> {
  const permission_overrides = withOwnSight(userId, server, { ...channel, ...changes });
  return permission_overrides === channel.permission_overrides ? {} : { permission_overrides };
}

/** The server is always named: whoever keeps its permissions or its audit log needs no other place to look. */
export function changed(
  server: ServerState,
  { channel }: ChannelState,
  changes: Partial<Channel>,
  now: number,
): NewEvent {
  const body = { id: channel.id, server_id: server.id, ...changes, updated_at: new Date(now).toISOString() };
  return { type: 'CHANNEL_UPDATE', scope: channelScope(channel.id), subject: channel.id, body };
}

function stillThere(id: Id): Guard {
  return { kind: 'exists', key: 'channel', args: [id], refusal: 'UNKNOWN_CHANNEL' };
}
