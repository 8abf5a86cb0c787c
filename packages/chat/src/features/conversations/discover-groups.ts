import { LIMITS, usernameKey } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';

/** From memory: groups that show themselves, oldest first, without those one is banned from. */
export const discoverGroups: HandlerOf<'group.discover'> = {
  limit: 'read',
  query: async ({ query, after, limit }, { actor }, { world }) => {
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const wanted = usernameKey(query?.trim() ?? '');
    const found = [...world.discoverable]
      .filter(
        ({ channel, groupBans }) =>
          (after === undefined || channel.id > after) &&
          groupBans?.has(actor.userId) !== true &&
          (wanted === '' || usernameKey(`${channel.name} ${channel.topic}`).includes(wanted)),
      )
      .sort((a, b) => (a.channel.id < b.channel.id ? -1 : 1));
    const items = found.slice(0, size).map(({ channel: { id, name, topic, created_at }, recipients }) => ({
      id,
      name,
      topic,
      member_count: recipients.length,
      created_at,
    }));
    return { result: { items, has_more: found.length > size }, position: world.tail };
  },
};
