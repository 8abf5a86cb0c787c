/** How somebody leaves a group, for whatever reason. A group has an owner as long as anybody is in it. */
import { GROUP_ROLES, type Id, type Recipient } from '@snug/protocol';
import { channelScope, type Guard, type NewEvent, peopleKey } from '../../log/envelope.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { authorityInChannel } from '../access.ts';

/** The owner hands over to the highest-ranked, of those to the earliest; with the last one the group ends. */
export function departure(
  { channel }: ChannelState,
  userId: Id,
  by: { readonly removedBy: Id; readonly isBanned: boolean; readonly now: number },
): NewEvent[] {
  const scope = channelScope(channel.id);
  const people = channel.recipients ?? [];
  const others = people.filter((one) => one.user_id !== userId);
  const body = { channel_id: channel.id, user_id: userId, removed_by: by.removedBy, is_banned: by.isBanned };
  const events: NewEvent[] = [{ type: 'RECIPIENT_REMOVE', scope, subject: userId, body }];
  if (others.length === people.length) return events;
  const [next] = [...others].sort(bySuccession);
  if (next === undefined) {
    const deleted_at = new Date(by.now).toISOString();
    events.push({ type: 'CHANNEL_DELETE', scope, subject: channel.id, body: { id: channel.id, deleted_at } });
  } else if (channel.owner_id === userId) {
    events.push(roleChange(channel.id, next.user_id, 'owner'));
  }
  return events;
}

/** Whoever comes while the last one goes keeps the group: a departure rests on who is in it. */
export function authorityToDepart(world: World, actorId: Id, state: ChannelState): Guard[] {
  const people = { kind: 'authority', keys: [peopleKey(state.channel.id)], position: world.tail } as const;
  return [authorityInChannel(world, actorId, state), people];
}

export function roleChange(channelId: Id, userId: Id, role: Recipient['role']): NewEvent {
  const body = { channel_id: channelId, user_id: userId, role };
  return { type: 'RECIPIENT_UPDATE', scope: channelScope(channelId), subject: userId, body };
}

function bySuccession(a: Recipient, b: Recipient): number {
  const rank = GROUP_ROLES.indexOf(b.role) - GROUP_ROLES.indexOf(a.role);
  if (rank !== 0) return rank;
  if (a.joined_at !== b.joined_at) return a.joined_at < b.joined_at ? -1 : 1;
  return a.user_id < b.user_id ? -1 : 1;
}
