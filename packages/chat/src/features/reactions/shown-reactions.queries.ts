/**
 * The reactions of a page of messages. How many there are is read from the counts; who the first ten were, in one scan
 * of all of them where they are few, and emoji by emoji where they are many: looking up the ten of each emoji costs
 * several times the scan, and the scan is bounded. Each answer is one text, as a row each costs several times as much;
 * neither an id nor an emoji has a space or a comma.
 */
import { type Id, LIMITS, type Message, type Reaction } from '@snug/protocol';
import type { Query, SqlRow } from '../../log/log.ts';

/** Reactions that one scan reads at most. */
const FEW = 2000;

export interface ShownReactions {
  /** Of each emoji of each message, in this order: `message emoji first count supers`. */
  readonly counts: string;
  /** The first FEW people who reacted, in the same order. */
  readonly few: string;
  /** If there are more, of each emoji: whether the one who asks reacted, and the first ten. */
  readonly many: string;
}

type ShownQueries = { readonly [K in keyof ShownReactions]: Query<string> };

interface Source {
  /** A run of messages, or a list of them. */
  readonly of: (table: string) => string;
  /** Where the messages stand in the order of the answers. */
  readonly order: string;
  readonly params: readonly string[];
}

/** Of all messages of a channel from one id to another: a seek each where nobody reacted. */
export function reactionsBetween(userId: Id, channelId: Id, from: Id, to: Id): ShownQueries {
  return queries(userId, {
    of: (table) => `${table} WHERE channel_id = ? AND message_id >= ? AND message_id <= ?`,
    order: 'message_id',
    params: [channelId, from, to],
  });
}

/** Of some messages of a channel. */
export function reactionsIn(userId: Id, channelId: Id, ids: readonly Id[]): ShownQueries {
  return queries(userId, {
    of: (table) => `${table} WHERE channel_id = ? AND message_id IN (SELECT value FROM json_each(?))`,
    order: 'message_id',
    params: [channelId, JSON.stringify(ids)],
  });
}

/** Of messages anywhere. */
export function reactionsOf(userId: Id, messages: readonly Pick<Message, 'id' | 'channel_id'>[]): ShownQueries {
  return queries(userId, {
    of: (table) => `json_each(?) AS asked CROSS JOIN ${table}
       WHERE channel_id = asked.value ->> 'channel_id' AND message_id = asked.value ->> 'id'`,
    order: 'asked.key',
    params: [JSON.stringify(messages.map(({ id, channel_id }) => ({ id, channel_id })))],
  });
}

function queries(userId: Id, { of, order, params }: Source): ShownQueries {
  const total = `(SELECT coalesce(sum(count), 0) AS total FROM ${of('reaction_counts')}) AS size`;
  const ofEmoji = `channel_id = counts.channel_id AND message_id = counts.message_id AND emoji = counts.emoji`;
  const counts = `SELECT message_id || ' ' || emoji || ' ' || first_position || ' ' || count || ' ' || super_count AS one
     FROM ${of('reaction_counts')} ORDER BY ${order}, emoji`;
  const few = `SELECT user_id AS one FROM ${of('reactions')} ORDER BY ${order}, emoji, position LIMIT ${FEW}`;
  const many = `SELECT EXISTS (SELECT 1 FROM reactions WHERE ${ofEmoji} AND user_id = ?) || ' ' ||
       (SELECT group_concat(user_id, ' ') FROM (SELECT user_id FROM reactions WHERE ${ofEmoji}
          ORDER BY position LIMIT ${LIMITS.REACTION_USERS})) AS one
     FROM ${total} CROSS JOIN (SELECT channel_id, message_id, emoji, ${order} AS place FROM ${of('reaction_counts')}) AS counts
     WHERE size.total > ${FEW} ORDER BY counts.place, counts.emoji`;
  return { counts: text(counts, params), few: text(few, params), many: text(many, [userId, ...params, ...params]) };
}

function text(sql: string, params: readonly string[]): Query<string> {
  const map = ([row]: SqlRow[]): string => (row?.found as string | null | undefined) ?? '';
  return { sql: `SELECT group_concat(one) AS found FROM (${sql})`, params, map };
}

/** Message to its reactions, in the order of first use. */
export function shownReactions(userId: Id, { counts, few, many }: ShownReactions): Map<Id, Reaction[]> {
  const found = new Map<Id, Reaction[]>();
  if (counts === '') return found;
  const everybody = few.split(',');
  const named = many === '' ? null : many.split(',');
  const lines = counts.split(',');
  let at = 0;
  let group: Group = { messageId: '', reactions: [], firsts: [] };
  for (let index = 0; index < lines.length; index++) {
    const [messageId, emoji, first, number, supers] = (lines[index] as string).split(' ') as Fields;
    const count = Number(number);
    const who = named === null ? firstOf(everybody, at, count, userId) : asNamed(named[index] as string);
    at += count;
    const reaction: Reaction = { emoji, count, users: who.users, me: who.me };
    if (supers !== '0') reaction.super_count = Number(supers);
    if (group.messageId !== messageId) {
      group = { messageId, reactions: [], firsts: [] };
      found.set(messageId, group.reactions);
    }
    place(group, reaction, Number(first));
  }
  return found;
}

type Fields = [Id, string, string, string, string];
type Who = Pick<Reaction, 'users' | 'me'>;

/** Reactions of one message, and where each was used first. */
interface Group {
  readonly messageId: Id;
  readonly reactions: Reaction[];
  readonly firsts: number[];
}

/** They come by emoji and are few. */
function place({ reactions, firsts }: Group, reaction: Reaction, first: number): void {
  let at = reactions.length;
  while (at > 0 && (firsts[at - 1] as number) > first) at -= 1;
  reactions.splice(at, 0, reaction);
  firsts.splice(at, 0, first);
}

function firstOf(everybody: readonly Id[], at: number, count: number, userId: Id): Who {
  const users = everybody.slice(at, at + count);
  const me = users.includes(userId);
  return { users: count > LIMITS.REACTION_USERS ? users.slice(0, LIMITS.REACTION_USERS) : users, me };
}

function asNamed(line: string): Who {
  const [me, ...users] = line.split(' ');
  return { users, me: me === '1' };
}
