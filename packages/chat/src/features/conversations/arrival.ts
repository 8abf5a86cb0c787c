/** How somebody comes into a group, by whatever door: they see it, with its history, from here on. */
import { type Id, LIMITS, type Recipient } from '@snug/protocol';
import { channelScope, type Guard, type NewEvent } from '../../log/envelope.ts';
import type { ChannelState, UserState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { profileGuard } from '../users/users.queries.ts';

export interface Arrival {
  readonly recipient: Recipient;
  readonly event: NewEvent;
  readonly guards: readonly Guard[];
}

export function arrival(
  world: World,
  { channel }: ChannelState,
  { user }: UserState,
  addedBy: Id,
  now: number,
): Arrival {
  const scope = channelScope(channel.id);
  const recipient: Recipient = { user_id: user.id, role: 'member', joined_at: new Date(now).toISOString() };
  const body = { ...recipient, channel_id: channel.id, added_by: addedBy, user };
  return {
    recipient,
    event: { type: 'RECIPIENT_ADD', scope, subject: user.id, body },
    guards: [
      // Bans, roles and visibility are read from it.
      { kind: 'authority', keys: [scope], position: world.tail },
      profileGuard(world, user.id),
      { kind: 'exists', key: 'channel', args: [channel.id], refusal: 'UNKNOWN_CHANNEL' },
      { kind: 'unique', key: 'recipient', args: [user.id, channel.id], refusal: 'STALE' },
      {
        kind: 'count_below',
        key: 'people_of_group',
        args: [channel.id],
        below: LIMITS.GROUP_SIZE,
        refusal: 'LIMIT_REACHED',
      },
      roomForGroup(user.id),
    ],
  };
}

/** Somebody is in so many groups at most. */
export function roomForGroup(userId: Id): Guard {
  return {
    kind: 'count_below',
    key: 'groups_of_user',
    args: [userId],
    below: LIMITS.GROUPS_PER_USER,
    refusal: 'LIMIT_REACHED',
  };
}
