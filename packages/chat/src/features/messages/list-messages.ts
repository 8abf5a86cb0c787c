import { LIMITS, type Message, type MessagePage, Refusal, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { LogReader } from '../../log/log.ts';
import type { World } from '../../world/world.ts';
import { requireChannel } from '../access.ts';
import { idBound, messageQueries } from './messages.queries.ts';

interface Slice {
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

/** A page, newest first, with the authors and the messages replied to: one request draws a screen. */
export const listMessages: HandlerOf<'message.list'> = {
  limit: 'read',
  query: async (params, { actor }, { world, log }) => {
    requireChannel(world, actor.userId, params.channel_id);
    const given = [params.before, params.after, params.around].filter((cursor) => cursor !== undefined);
    if (given.length > 1) throw new Refusal('INVALID_PARAMS', { detail: 'Give one of before, after and around.' });
    const { value: slice, position } = await readSlice(log, params);
    const { result, at } = await complete(log, world, params.channel_id, slice);
    // The answer is stamped with the position of the read: whoever lost the view before it gets none.
    requireChannel(world, actor.userId, params.channel_id);
    // The references were read a moment later; what is true of all of it is the earlier position.
    return { result, position: Math.min(position, at ?? position) };
  },
};

async function readSlice(log: LogReader, params: Asked): Promise<{ value: Slice; position: number }> {
  const { channel_id: channelId } = params;
  const limit = params.limit ?? LIMITS.PAGE_DEFAULT;
  if (params.around !== undefined) {
    const bound = idBound(params.around);
    const half = Math.ceil(limit / 2);
    const { position, value } = await log.read({
      older: messageQueries.before(channelId, bound, half + 1),
      newer: messageQueries.after(channelId, bound, limit - half + 1, true),
    });
    const older = value.older.slice(0, half);
    const newer = value.newer.slice(0, Math.max(1, limit - half));
    const before = value.older.length > older.length;
    const after = value.newer.length > newer.length;
    return {
      position,
      value: {
        items: [...newer.reverse(), ...older],
        has_more: before || after,
        has_more_before: before,
        has_more_after: after,
      },
    };
  }
  const isAfter = params.after !== undefined;
  const query =
    params.after !== undefined
      ? messageQueries.after(channelId, idBound(params.after), limit + 1)
      : params.before !== undefined
        ? messageQueries.before(channelId, idBound(params.before), limit + 1)
        : messageQueries.newest(channelId, limit + 1);
  const { position, value } = await log.read({ page: query });
  const items = value.page.slice(0, limit);
  return { position, value: { items: isAfter ? items.reverse() : items, has_more: value.page.length > limit } };
}

/** Authors come from memory; messages replied to that are not on the page are read. */
async function complete(
  log: LogReader,
  world: World,
  channelId: string,
  slice: Slice,
): Promise<{ result: MessagePage; at: number | null }> {
  const present = new Set(slice.items.map((message) => message.id));
  const missing = [...new Set(slice.items.flatMap((message) => message.reply_to_id ?? []))].filter(
    (id) => !present.has(id),
  );
  const read = missing.length === 0 ? null : await log.read({ referenced: messageQueries.byIds(channelId, missing) });
  const referenced = read?.value.referenced ?? [];
  const authors = new Set([...slice.items, ...referenced].map((message) => message.author_id));
  const users: User[] = [...authors].flatMap((id) => world.users.get(id)?.user ?? []);
  return { result: { ...slice, users, referenced, threads: [] }, at: read?.position ?? null };
}
