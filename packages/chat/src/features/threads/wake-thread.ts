/** How an archived thread comes back. */
import { type Channel, type Id, LIMITS } from '@snug/protocol';
import { channelScope, countsKey, type Guard, type NewEvent } from '../../log/envelope.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

interface Waking {
  readonly event: NewEvent;
  readonly guards: readonly Guard[];
}

/**
 * An archived thread is in no snapshot, so the event that wakes it carries the whole of it: whoever never saw it has it
 * from here on. Nothing it counts may change under the decision.
 */
export function wake(
  world: World,
  { channel, server }: ChannelState,
  now: number,
  changes: Partial<Channel> = {},
): Waking {
  const body = { ...channel, ...changes, is_archived: false, updated_at: new Date(now).toISOString() };
  return {
    event: { type: 'CHANNEL_UPDATE', scope: channelScope(channel.id), subject: channel.id, body },
    guards: [
      { kind: 'authority', keys: [channelScope(channel.id), countsKey(channel.id)], position: world.tail },
      activeThreadsGuard(server?.id ?? ''),
    ],
  };
}

export function activeThreadsGuard(serverId: Id): Guard {
  return {
    kind: 'count_below',
    key: 'active_threads_of_server',
    args: [serverId],
    below: LIMITS.ACTIVE_THREADS_PER_SERVER,
    refusal: 'LIMIT_REACHED',
  };
}
