/**
 * An event may change who sees an existing channel. Whoever gains sight of one is given it, whoever loses it is told
 * that it is gone, both at the position of that event (E3, E4).
 */
import { EVENTS, type Id, Permission } from '@snug/protocol';
import { changesView } from '../features/channels/changes-view.ts';
import { joinsExisting } from '../features/members/joins-existing.ts';
import type { LogEvent } from '../log/envelope.ts';
import { isShown } from '../world/is-shown.ts';
import type { ChannelState, ServerState } from '../world/state.ts';
import type { World } from '../world/world.ts';
import type { Audience } from './audience.ts';
import { Frame } from './frames.ts';
import type { Reader } from './reader.ts';
import { channelFrame, serverSnapshotFrame } from './snapshot.ts';

/** Readers with frames of their own for one event, beside or instead of the event itself. */
export type Derived = Map<Reader, Frame[]>;

/** Looks at the view now, and gives a function that looks again after the fold. Null: this event changes no view. */
export function watchView(world: World, audience: Audience, event: LogEvent): (() => Derived) | null {
  const { position } = event;
  switch (event.type) {
    case 'MEMBER_ADD': {
      const { server_id, user_id, via } = event.body;
      return joinsExisting(via) ? () => joined(world, audience, server_id, user_id, position) : null;
    }
    case 'MEMBER_REMOVE':
      return watchLeaving(world, audience, event.body.server_id, event.body.user_id, position);
    case 'RECIPIENT_ADD':
    case 'RECIPIENT_REMOVE':
      return watchConversation(world, audience, event.body.channel_id, event.body.user_id, position);
    default: {
      const server = serverOfChange(world, event);
      return server === null ? null : watchServer(server, position);
    }
  }
}

/** The server in which an event changes who sees what by permissions. */
function serverOfChange(world: World, event: LogEvent): ServerState | null {
  const found = (id: Id | undefined): ServerState | null => (id === undefined ? null : (world.server(id) ?? null));
  switch (event.type) {
    case 'ROLE_UPDATE':
      return event.body.permissions === undefined ? null : found(event.body.server_id);
    case 'ROLE_DELETE':
    case 'CATEGORY_DELETE':
      return found(event.body.server_id);
    case 'MEMBER_UPDATE':
      return event.body.role_ids === undefined ? null : found(event.body.server_id);
    case 'CATEGORY_UPDATE':
      return event.body.permission_overrides === undefined ? null : found(event.body.server_id);
    case 'CHANNEL_UPDATE':
      return changesView(event.body) ? found(event.body.server_id) : null;
    case 'SERVER_UPDATE':
      return event.body.owner_id === undefined ? null : found(event.body.id);
    default:
      return null;
  }
}

function joined(world: World, audience: Audience, serverId: Id, userId: Id, position: number): Derived {
  const server = world.server(serverId);
  const derived: Derived = new Map();
  if (server === undefined) return derived;
  const frames = [
    serverSnapshotFrame(world, server, userId, position),
    ...world.visibleChannels(userId, server).map((channel) => channelFrame('CHANNEL_CREATE', channel, position)),
  ];
  for (const reader of audience.of(userId)) derived.set(reader, frames);
  return derived;
}

function watchLeaving(
  world: World,
  audience: Audience,
  serverId: Id,
  userId: Id,
  position: number,
): (() => Derived) | null {
  const server = world.server(serverId);
  if (server === undefined) return null;
  const frames = world
    .visibleChannels(userId, server)
    .map((channel) => channelFrame('CHANNEL_DELETE', channel, position));
  const json = JSON.stringify({ id: serverId, deleted_at: null });
  frames.push(new Frame('SERVER_DELETE', position, EVENTS.SERVER_DELETE.intent, json));
  return () => new Map(audience.of(userId).map((reader) => [reader, frames]));
}

/** Who comes into a group is given it; who goes is told that it is gone. */
function watchConversation(
  world: World,
  audience: Audience,
  channelId: Id,
  userId: Id,
  position: number,
): (() => Derived) | null {
  const channel = world.channel(channelId);
  if (channel === undefined) return null;
  const wasIn = channel.recipients.includes(userId);
  return () => {
    const isIn = channel.recipients.includes(userId);
    if (isIn === wasIn) return new Map();
    const frames = [channelFrame(isIn ? 'CHANNEL_CREATE' : 'CHANNEL_DELETE', channel, position)];
    return new Map(audience.of(userId).map((reader) => [reader, frames]));
  };
}

type View = ReadonlySet<ChannelState>;

function watchServer(server: ServerState, position: number): () => Derived {
  const before = viewOfReaders(server);
  return () => {
    const derived: Derived = new Map();
    const compared = new Map<View, Map<View, Frame[]>>();
    for (const [reader, after] of viewOfReaders(server)) {
      const frames = difference(before.get(reader) ?? EMPTY_VIEW, after, position, compared);
      if (frames.length > 0) derived.set(reader, frames);
    }
    return derived;
  };
}

const EMPTY_VIEW: View = new Set();

/** What each reader of a server sees; those of one class share one set. */
function viewOfReaders(server: ServerState): Map<Reader, View> {
  const shown = [...server.shown].filter(isShown);
  const views = new Map<Reader, View>();
  for (const group of server.classes.values()) {
    const seen = new Set(
      shown.filter((channel) => (group.permissionsInChannel(server, channel) & Permission.VIEW_CHANNEL) !== 0n),
    );
    for (const reader of group.readers) views.set(reader, seen);
  }
  return views;
}

/** Many readers went from the same view to the same other one: their frames are made once. */
function difference(before: View, after: View, position: number, compared: Map<View, Map<View, Frame[]>>): Frame[] {
  let known = compared.get(before);
  if (known === undefined) {
    known = new Map();
    compared.set(before, known);
  }
  let frames = known.get(after);
  if (frames === undefined) {
    frames = [
      ...[...before.difference(after)].map((channel) => channelFrame('CHANNEL_DELETE', channel, position)),
      ...[...after.difference(before)].map((channel) => channelFrame('CHANNEL_CREATE', channel, position)),
    ];
    known.set(after, frames);
  }
  return frames;
}
