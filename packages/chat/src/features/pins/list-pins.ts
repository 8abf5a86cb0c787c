import { LIMITS, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { requireChannel } from '../access.ts';
import { cursorPosition } from '../cursor.ts';
import { partsIn, withParts } from '../messages/message-parts.queries.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { pinQueries } from './pins.queries.ts';

/** The cursor is the position of the last pin of the page. */
export const listPins: HandlerOf<'pin.list'> = {
  limit: 'read',
  query: async ({ channel_id, cursor, limit = LIMITS.PAGE_DEFAULT }, { actor }, { world, log }) => {
    requireChannel(world, actor.userId, channel_id);
    const latest = pinQueries.latest(channel_id, cursorPosition(cursor), limit + 1);
    const { value, position } = await log.read({ pins: latest }, ({ pins }) => {
      const ids = pins.map(({ message_id }) => message_id);
      return { messages: messageQueries.byIds(channel_id, ids), ...partsIn(actor.userId, channel_id, ids) };
    });
    // It may have gone out of sight while it was read.
    requireChannel(world, actor.userId, channel_id);
    const messages = new Map(withParts(actor.userId, value.messages, value).map((message) => [message.id, message]));
    const page = value.pins.slice(0, limit);
    const items = page.flatMap(({ message_id, pinned_by, pinned_at }) => {
      const message = messages.get(message_id);
      return message === undefined ? [] : [{ message, pinned_by, pinned_at }];
    });
    const has_more = value.pins.length > limit;
    const people = new Set(items.flatMap(({ message, pinned_by }) => [message.author_id, pinned_by]));
    const users: User[] = [...people].flatMap((id) => world.users.get(id)?.user ?? []);
    const next = has_more ? String(page.at(-1)?.position) : null;
    return { result: { items, has_more, next, users }, position };
  },
};
