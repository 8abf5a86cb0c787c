import { LIMITS, type Message, type MessagePage, Refusal, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { LogReader, Query } from '../../log/log.ts';
import type { World } from '../../world/world.ts';
import { requireChannel } from '../access.ts';
import { type MessageParts, partsOf, partsOfRun, threadEntities, withParts } from './message-parts.queries.ts';
import { idBound, messageQueries } from './messages.queries.ts';

interface Slice {
  /** Newest first. */
  readonly items: Message[];
  readonly has_more: boolean;
  readonly has_more_before?: boolean;
  readonly has_more_after?: boolean;
}

interface Asked {
  channel_id: string;
  limit?: number | undefined;
  before?: string | undefined;
  after?: string | undefined;
  around?: string | undefined;
}

/** What was said on both sides of where the page begins; one of the two is empty unless it is asked for around. */
interface Sides {
  /** Newest first. */
  readonly older: Message[];
  /** Oldest first. */
  readonly newer: Message[];
}

interface Page {
  readonly slice: Slice;
  readonly parts: MessageParts;
  readonly referenced: Message[];
  readonly referencedParts: MessageParts;
}

/** A page, newest first, with the authors and the messages replied to: one request draws a screen. */
export const listMessages: HandlerOf<'message.list'> = {
  limit: 'read',
  query: async (params, { actor }, { world, log }) => {
    requireChannel(world, actor.userId, params.channel_id);
    const given = [params.before, params.after, params.around].filter((cursor) => cursor !== undefined);
    if (given.length > 1) throw new Refusal('INVALID_PARAMS', { detail: 'Give one of before, after and around.' });
    const { page, position } = await readPage(log, params, actor.userId);
    // The answer is stamped with the position of the read: whoever lost the view before it gets none.
    requireChannel(world, actor.userId, params.channel_id);
    return { result: complete(world, page), position };
  },
};

/** Everything in one read: the counts of reactions would be wrong at any other position than the page's (E6). */
async function readPage(log: LogReader, params: Asked, userId: string): Promise<{ page: Page; position: number }> {
  const { value, position } = await log.read(sidesOf(params), (sides) => {
    const { items } = sliceOf(params, sides);
    const missing = missingFrom(items);
    const [parts, referencedParts] = [partsOfRun(userId, items), partsOf(userId, missing)];
    return {
      referenced: missing.length === 0 ? NO_MESSAGES : messageQueries.byIds(params.channel_id, idsOf(missing)),
      reactions: parts.reactions,
      threads: parts.threads,
      referencedReactions: referencedParts.reactions,
      referencedThreads: referencedParts.threads,
    };
  });
  const { referenced, reactions, threads, referencedReactions, referencedThreads } = value;
  const page = {
    slice: sliceOf(params, value),
    parts: { reactions, threads },
    referenced,
    referencedParts: { reactions: referencedReactions, threads: referencedThreads },
  };
  return { page, position };
}

const NO_MESSAGES: Query<Message[]> = { sql: 'SELECT 1 WHERE 0', params: [], map: () => [] };

function sidesOf(params: Asked): { readonly [K in keyof Sides]: Query<Sides[K]> } {
  const { channel_id: channelId, before, after, around } = params;
  const limit = params.limit ?? LIMITS.PAGE_DEFAULT;
  if (around !== undefined) {
    const [bound, half] = [idBound(around), Math.ceil(limit / 2)];
    return {
      older: messageQueries.before(channelId, bound, half + 1),
      newer: messageQueries.after(channelId, bound, limit - half + 1, true),
    };
  }
  if (after !== undefined)
    return { older: NO_MESSAGES, newer: messageQueries.after(channelId, idBound(after), limit + 1) };
  const older =
    before === undefined
      ? messageQueries.newest(channelId, limit + 1)
      : messageQueries.before(channelId, idBound(before), limit + 1);
  return { older, newer: NO_MESSAGES };
}

function sliceOf(params: Asked, { older, newer }: Sides): Slice {
  const limit = params.limit ?? LIMITS.PAGE_DEFAULT;
  if (params.around === undefined) {
    const items = params.after === undefined ? older.slice(0, limit) : newer.slice(0, limit).reverse();
    return { items, has_more: older.length + newer.length > limit };
  }
  const half = Math.ceil(limit / 2);
  const [below, above] = [older.slice(0, half), newer.slice(0, Math.max(1, limit - half))];
  const [has_more_before, has_more_after] = [older.length > below.length, newer.length > above.length];
  return {
    items: [...above.reverse(), ...below],
    has_more: has_more_before || has_more_after,
    has_more_before,
    has_more_after,
  };
}

/** Messages replied to that are not on the page. */
function missingFrom(items: readonly Message[]): { id: string; channel_id: string }[] {
  const present = new Set(idsOf(items));
  const missing = new Map<string, { id: string; channel_id: string }>();
  for (const { reply_to_id: id, channel_id } of items) {
    if (id !== undefined && !present.has(id)) missing.set(id, { id, channel_id });
  }
  return [...missing.values()];
}

const idsOf = (messages: readonly { id: string }[]): string[] => messages.map(({ id }) => id);

/** Authors and threads come from memory. */
function complete(world: World, { slice, parts, referenced, referencedParts }: Page): MessagePage {
  const authors = new Set([...slice.items, ...referenced].map((message) => message.author_id));
  const users: User[] = [...authors].flatMap((id) => world.users.get(id)?.user ?? []);
  return {
    ...slice,
    items: withParts(slice.items, parts),
    users,
    referenced: withParts(referenced, referencedParts),
    threads: threadEntities(world, parts),
  };
}
