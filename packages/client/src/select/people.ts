import type { Channel, Id, Message, Receipt, RelationshipType } from '@snug/protocol';
import type { State } from '../store/state.ts';
import { userName } from './member-name.ts';
import { memoize } from './memoize.ts';
import { rolesOf } from './permissions.ts';

const NONE: readonly never[] = [];

const related = memoize((relationships: State['relationships'], type: RelationshipType): readonly Id[] =>
  [...relationships].filter(([, mark]) => mark.type === type).map(([id]) => id),
);

export function isBlocked(state: State, userId: Id): boolean {
  return state.relationships.get(userId)?.type === 'blocked';
}

/** By id, in the order they became so. */
export function friends(state: State): readonly Id[] {
  return related(state.relationships, 'friend');
}

/** Who asked to be a friend. */
export function incoming(state: State): readonly Id[] {
  return related(state.relationships, 'incoming');
}

/** Whom one has asked. */
export function outgoing(state: State): readonly Id[] {
  return related(state.relationships, 'outgoing');
}

export function blocked(state: State): readonly Id[] {
  return related(state.relationships, 'blocked');
}

/** 24-bit RGB of somebody's highest role that has a colour; null: none has. */
export function memberColor(state: State, serverId: Id, userId: Id): number | null {
  return rolesOf(state, serverId, userId).find((role) => role.color !== 0)?.color ?? null;
}

/** A group's title; where it has none, the names of its other people. */
export function groupTitle(state: State, channel: Channel): string {
  if (channel.name !== '' || channel.recipient_ids === undefined) return channel.name;
  const others = channel.recipient_ids.filter((id) => id !== state.me?.id);
  const people = others.length > 0 ? others : channel.recipient_ids;
  return people.map((id) => userName(state, id)).join(', ');
}

/** Whether a message is meant for the signed-in user: by name, by a role they hold now, or for everyone. */
export function mentionsMe(state: State, message: Message): boolean {
  const me = state.me?.id;
  if (me === undefined || message.author_id === me) return false;
  if (message.mention_everyone || message.mentions.includes(me)) return true;
  if (message.mention_roles.length === 0) return false;
  const serverId = state.channels.get(message.channel_id)?.server_id;
  const held = serverId === undefined ? NONE : (state.members.get(serverId)?.get(me)?.role_ids ?? NONE);
  return held.some((role) => message.mention_roles.includes(role));
}

export interface MessageReceipts {
  /** Who got it and has not read it, as far as they tell. */
  readonly deliveredTo: readonly Id[];
  readonly readBy: readonly Id[];
}

const receiptsByMessage = memoize((receipts: ReadonlyMap<Id, Receipt>, key: string): MessageReceipts => {
  const [messageId = '', authorId] = key.split(' ');
  const others = [...receipts.values()].filter((one) => one.user_id !== authorId);
  const readBy = others.filter((one) => (one.read_id ?? '') >= messageId);
  const delivered = others.filter((one) => !readBy.includes(one) && (one.delivered_id ?? '') >= messageId);
  return { deliveredTo: delivered.map((one) => one.user_id), readBy: readBy.map((one) => one.user_id) };
});

const NO_RECEIPTS: MessageReceipts = { deliveredTo: NONE, readBy: NONE };

/** Whom a message of a DM or group reached, and who read it: needs `loadReceipts` once. Elsewhere nobody. */
export function receiptsOf(state: State, message: Message): MessageReceipts {
  const receipts = state.receipts.get(message.channel_id);
  return receipts === undefined ? NO_RECEIPTS : receiptsByMessage(receipts, `${message.id} ${message.author_id}`);
}

/** Who is active in the same room as this user, others first named; empty where one is not active oneself. */
export function roomOf(state: State, channelId: Id): readonly Id[] {
  return state.rooms.get(channelId)?.user_ids ?? NONE;
}
