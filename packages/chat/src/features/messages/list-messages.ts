import { type Id, LIMITS, type Message, type MessagePage, Refusal, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { Answers, LogReader, Query } from '../../log/log.ts';
import type { World } from '../../world/world.ts';
import { requireChannel } from '../access.ts';
import { type MessageParts, partsIn, partsOfRun, threadEntities, withParts } from './message-parts.queries.ts';
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
  /** null where no message is referenced. */
  readonly referencedParts: MessageParts | null;
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
    return { result: complete(world, actor.userId, page), position };
  },
};

/** Everything in one read: the counts of reactions would be wrong at any other position than the page's (E6). */
async function readPage(log: LogReader, params: Asked, userId: Id): Promise<{ page: Page; position: number }> {
  const { value, position } = await log.read(sidesOf(params), (sides) => {
    const { items } = sliceOf(params, sides);
    const missing = missingFrom(items);
    const run = partsOfRun(userId, items);
    return missing.length === 0 ? run : { ...run, ...aboutReferenced(userId, params.channel_id, missing) };
  });
  const { referenced = [], referencedParts = null } = referencedOf(value as Partial<AboutReferenced>);
  return { page: { slice: sliceOf(params, value), parts: value, referenced, referencedParts }, position };
}

/** Messages replied to, and what they show. */
function aboutReferenced(userId: Id, channelId: Id, ids: readonly Id[]) {
  const parts = partsIn(userId, channelId, ids);
  return {
    referenced: messageQueries.byIds(channelId, ids),
    referencedCounts: parts.counts,
    referencedFew: parts.few,
    referencedMany: parts.many,
    referencedThreads: parts.threads,
  };
}

type AboutReferenced = Answers<ReturnType<typeof aboutReferenced>>;

function referencedOf(value: Partial<AboutReferenced>): Partial<Pick<Page, 'referenced' | 'referencedParts'>> {
  if (value.referenced === undefined) return {};
  const { referenced, referencedCounts, referencedFew, referencedMany, referencedThreads } = value as AboutReferenced;
  const parts = { counts: referencedCounts, few: referencedFew, many: referencedMany, threads: referencedThreads };
  return { referenced, referencedParts: parts };
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
function missingFrom(items: readonly Message[]): Id[] {
  const present = new Set(items.map(({ id }) => id));
  const missing = items.flatMap(({ reply_to_id: id }) => (id === undefined || present.has(id) ? [] : [id]));
  return missing.length < 2 ? missing : [...new Set(missing)];
}

/** Authors and threads come from memory. */
function complete(world: World, userId: Id, { slice, parts, referenced, referencedParts }: Page): MessagePage {
  const authors = new Set([...slice.items, ...referenced].map((message) => message.author_id));
  const users: User[] = [...authors].flatMap((id) => world.users.get(id)?.user ?? []);
  return {
    ...slice,
    items: withParts(userId, slice.items, parts),
    users,
    referenced: referencedParts === null ? [] : withParts(userId, referenced, referencedParts),
    threads: threadEntities(world, parts),
  };
}
