import { LIMITS, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope, relationsKey } from '../../log/envelope.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { dmKey } from '../channels/channels.queries.ts';
import { mayStartDm } from '../relationships/relationships.queries.ts';
import { acquaintance } from '../users/users.queries.ts';
import { newConversation } from './new-conversation.ts';

/** Those with the newest message first. */
export const listDms: HandlerOf<'dm.list'> = {
  limit: 'read',
  query: async (_params, { actor }, { world }) => {
    const dms = [...(world.users.get(actor.userId)?.dms ?? [])].filter((dm) => dm.deletedAt === null);
    const newest = (dm: ChannelState): string => dm.channel.last_message_id ?? dm.channel.id;
    dms.sort((a, b) => (newest(a) < newest(b) ? 1 : -1));
    return { result: { items: dms.map((dm) => dm.channel), has_more: false }, position: world.tail };
  },
};

/** There is one DM a pair of people, whoever opens it, however often, from wherever at once. */
export const openDm: HandlerOf<'dm.open'> = {
  limit: 'contact',
  decide: ({ world, params: { recipient_id: other }, actor, now, ids }) => {
    const existing = findDm(world, actor.userId, other);
    if (existing !== undefined) return { answer: existing.channel };
    const recipient = world.users.get(other);
    if (recipient === undefined || acquaintance(world, actor.userId, recipient) === 'none')
      throw new Refusal('UNKNOWN_USER');
    if (other !== actor.userId && !mayStartDm(world, actor.userId, other)) throw new Refusal('CANNOT_MESSAGE');
    const channel = newConversation({
      id: ids.next(),
      type: 'dm',
      recipient_ids: [...new Set([actor.userId, other])].sort(),
      at: new Date(now).toISOString(),
    });
    return {
      events: [{ type: 'CHANNEL_CREATE', scope: channelScope(channel.id), subject: channel.id, body: channel }],
      guards: [
        { kind: 'authority', keys: [relationsKey(actor.userId), relationsKey(other)], position: world.tail },
        // Both at once: the loser decides again, and then finds the winner's.
        { kind: 'unique', key: 'dm', args: [dmKey(actor.userId, other)], refusal: 'STALE' },
        {
          kind: 'count_below',
          key: 'dms_of_user',
          args: [actor.userId],
          below: LIMITS.DMS_PER_USER,
          refusal: 'LIMIT_REACHED',
        },
      ],
      result: () => channel,
    };
  },
};

function findDm(world: World, a: string, b: string): ChannelState | undefined {
  const ids = [...new Set([a, b])];
  for (const dm of world.users.get(a)?.dms ?? []) {
    if (
      dm.channel.type === 'dm' &&
      dm.recipients.length === ids.length &&
      ids.every((id) => dm.recipients.includes(id))
    )
      return dm;
  }
  return undefined;
}
