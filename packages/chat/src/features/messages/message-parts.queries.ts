/**
 * What a message shows and other tables hold: its reactions, and the thread that began from it. Asked in the read that
 * brings the messages, so that the answer is true at one position (E6).
 */
import type { Channel, Id, Message } from '@snug/protocol';
import type { Query } from '../../log/log.ts';
import type { World } from '../../world/world.ts';
import { threadKey } from '../channels/channels.queries.ts';
import { type ReactionsOf, reactionQueries } from '../reactions/reactions.queries.ts';

/** Message to the thread that began from it. */
type ThreadsOf = ReadonlyMap<Id, Id>;

export interface MessageParts {
  readonly reactions: ReactionsOf;
  readonly threads: ThreadsOf;
}

type PartQueries = { readonly [K in keyof MessageParts]: Query<MessageParts[K]> };

const NOTHING: PartQueries = { reactions: none(), threads: none() };

/** Of a run of messages of one channel, in either order: two seeks where nobody reacted and no thread began. */
export function partsOfRun(userId: Id, messages: readonly Message[]): PartQueries {
  const [first, last] = [messages[0], messages.at(-1)];
  if (first === undefined || last === undefined) return NOTHING;
  const [from, to] = first.id < last.id ? [first.id, last.id] : [last.id, first.id];
  const channelId = first.channel_id;
  return {
    reactions: reactionQueries.between(userId, channelId, from, to),
    threads: threads('thread_key >= ? AND thread_key <= ?', [threadKey(channelId, from), threadKey(channelId, to)]),
  };
}

/** Of messages that lie anywhere. */
export function partsOf(userId: Id, messages: readonly Pick<Message, 'id' | 'channel_id'>[]): PartQueries {
  if (messages.length === 0) return NOTHING;
  const keys = messages.map(({ id, channel_id }) => threadKey(channel_id, id));
  return {
    reactions: reactionQueries.ofMessages(userId, messages),
    threads: threads('thread_key IN (SELECT value FROM json_each(?))', [JSON.stringify(keys)]),
  };
}

export function withParts(messages: readonly Message[], { reactions, threads }: MessageParts): Message[] {
  if (reactions.size === 0 && threads.size === 0) return [...messages];
  return messages.map((message) => whole(message, { reactions, threads }));
}

export function whole(message: Message, { reactions, threads }: MessageParts): Message {
  const [own, thread_id] = [reactions.get(message.id), threads.get(message.id)];
  if (own === undefined && thread_id === undefined) return message;
  return { ...message, reactions: own ?? [], ...(thread_id === undefined ? {} : { thread_id }) };
}

/** The threads themselves, as the world has them. */
export function threadEntities(world: World, { threads }: MessageParts): Channel[] {
  return [...threads.values()].flatMap((id) => world.channel(id)?.channel ?? []);
}

function threads(where: string, params: readonly string[]): Query<ThreadsOf> {
  return {
    sql: `SELECT id, message_id FROM channels WHERE ${where} AND deleted_at IS NULL`,
    params,
    map: (rows) => new Map(rows.map((row) => [row.message_id as Id, row.id as Id])),
  };
}

function none<T>(): Query<ReadonlyMap<Id, T>> {
  return { sql: 'SELECT 1 WHERE 0', params: [], map: () => new Map() };
}
