/** What other features may use of threads. */
import { type Channel, type Id, LIMITS } from '@snug/protocol';
import { channelScope, countsKey, type Guard, type NewEvent } from '../../log/envelope.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

/** What sending into a channel does besides the message, in the same append. */
export interface SendEffects {
  /** Before the message: an archived thread wakes. The append's nonce then belongs to a later event. */
  readonly before: readonly NewEvent[];
  /** After it: who writes in a thread follows it. */
  readonly after: readonly NewEvent[];
  readonly guards: readonly Guard[];
}

const NO_EFFECTS: SendEffects = { before: [], after: [], guards: [] };

/** Costs nothing but a look where the channel is no thread, and where the thread is awake and followed. */
export function sendEffects(world: World, state: ChannelState, userId: Id, now: number): SendEffects {
  const { followers, parent, channel } = state;
  if (parent === null || followers === null) return NO_EFFECTS;
  const follows = followers.has(userId) || followers.size >= LIMITS.THREAD_FOLLOWERS;
  if (follows && !channel.is_archived) return NO_EFFECTS;
  const following = follows ? { events: [], guards: [] } : follow(channel.id, userId, now, 'STALE');
  const waking = channel.is_archived ? wake(world, state, now) : { events: [], guards: [] };
  return { before: waking.events, after: following.events, guards: [...waking.guards, ...following.guards] };
}

interface Effect {
  readonly events: NewEvent[];
  readonly guards: Guard[];
}

/** At the limit, or twice at once: `refusal`; STALE decides again. */
export function follow(channelId: Id, userId: Id, now: number, refusal: string): Effect {
  const body = { channel_id: channelId, user_id: userId, joined_at: new Date(now).toISOString() };
  return {
    events: [{ type: 'THREAD_MEMBER_ADD', scope: channelScope(channelId), subject: userId, body }],
    guards: [
      { kind: 'unique', key: 'thread_member', args: [channelId, userId], refusal: 'STALE' },
      {
        kind: 'count_below',
        key: 'followers_of_thread',
        args: [channelId],
        below: LIMITS.THREAD_FOLLOWERS,
        refusal,
      },
    ],
  };
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
): Effect {
  const body = { ...channel, ...changes, is_archived: false, updated_at: new Date(now).toISOString() };
  return {
    events: [{ type: 'CHANNEL_UPDATE', scope: channelScope(channel.id), subject: channel.id, body }],
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
