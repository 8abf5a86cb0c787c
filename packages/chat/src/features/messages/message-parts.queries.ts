/**
 * What a message shows and other tables hold: its reactions, and the thread that began from it. Asked in the read that
 * brings the messages, so that the answer is true at one position (E6).
 */
import type { Channel, Id, Message } from '@snug/protocol';
import type { Query } from '../../log/log.ts';
import type { World } from '../../world/world.ts';
import { threadKey } from '../channels/channels.queries.ts';
import {
  reactionsBetween,
  reactionsIn,
  reactionsOf,
  type ShownReactions,
  shownReactions,
} from '../reactions/shown-reactions.queries.ts';

export interface MessageParts extends ShownReactions {
  /** Message to the thread that began from it. */
  readonly threads: ReadonlyMap<Id, Id>;
}

type PartQueries = { readonly [K in keyof MessageParts]: Query<MessageParts[K]> };

/** Of a run of messages of one channel, in either order: a seek each where nobody reacted and no thread began. */
export function partsOfRun(userId: Id, messages: readonly Message[]): PartQueries {
  const [first, last] = [messages[0], messages.at(-1)];
  if (first === undefined || last === undefined) return partsOf(userId, []);
  const [from, to] = first.id < last.id ? [first.id, last.id] : [last.id, first.id];
  const { channel_id: id } = first;
  return {
    ...reactionsBetween(userId, id, from, to),
    threads: threads('thread_key >= ? AND thread_key <= ?', [threadKey(id, from), threadKey(id, to)]),
  };
}

/** Of some messages of a channel. */
export function partsIn(userId: Id, channelId: Id, ids: readonly Id[]): PartQueries {
  return { ...reactionsIn(userId, channelId, ids), threads: threadsOf(ids.map((id) => threadKey(channelId, id))) };
}

/** Of messages that lie anywhere. */
export function partsOf(userId: Id, messages: readonly Pick<Message, 'id' | 'channel_id'>[]): PartQueries {
  const threads = threadsOf(messages.map(({ id, channel_id }) => threadKey(channel_id, id)));
  return { ...reactionsOf(userId, messages), threads };
}

/** Puts them into messages that were just read, which nobody else holds. */
export function withParts(userId: Id, messages: Message[], parts: MessageParts): Message[] {
  const reactions = shownReactions(userId, parts);
  if (reactions.size + parts.threads.size === 0) return messages;
  for (const message of messages) {
    const [own, threadId] = [reactions.get(message.id), parts.threads.get(message.id)];
    if (own !== undefined) message.reactions = own;
    if (threadId !== undefined) message.thread_id = threadId;
  }
  return messages;
}

/** The same of one. */
export function whole(userId: Id, message: Message, parts: MessageParts): Message {
  return withParts(userId, [message], parts)[0] as Message;
}

/** The threads themselves, as the world has them. */
export function threadEntities(world: World, { threads }: MessageParts): Channel[] {
  return [...threads.values()].flatMap((id) => world.channel(id)?.channel ?? []);
}

function threadsOf(keys: readonly string[]): Query<Map<Id, Id>> {
  return threads('thread_key IN (SELECT value FROM json_each(?))', [JSON.stringify(keys)]);
}

function threads(where: string, params: readonly string[]): Query<Map<Id, Id>> {
  return {
    sql: `SELECT id, message_id FROM channels WHERE ${where} AND deleted_at IS NULL`,
    params,
    map: (rows) => new Map(rows.map((row) => [row.message_id as Id, row.id as Id])),
  };
}
