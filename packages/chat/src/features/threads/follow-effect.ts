/** How people come to follow a thread: by asking, by writing in it, or by being mentioned there. */
import { type Id, LIMITS } from '@snug/protocol';
import { channelScope, type Guard, type NewEvent } from '../../log/envelope.ts';

export interface Effect {
  readonly events: readonly NewEvent[];
  readonly guards: readonly Guard[];
}

/** Where there is no room for all of them: `refusal`. Twice at once decides again. */
export function follow(channelId: Id, userIds: readonly Id[], now: number, refusal: string): Effect {
  const joined_at = new Date(now).toISOString();
  const below = LIMITS.THREAD_FOLLOWERS - userIds.length + 1;
  return {
    events: userIds.map((user_id) => {
      const body = { channel_id: channelId, user_id, joined_at };
      return { type: 'THREAD_MEMBER_ADD', scope: channelScope(channelId), subject: user_id, body };
    }),
    guards: [
      ...userIds.map(
        (userId): Guard => ({ kind: 'unique', key: 'thread_member', args: [channelId, userId], refusal: 'STALE' }),
      ),
      { kind: 'count_below', key: 'followers_of_thread', args: [channelId], below, refusal },
    ],
  };
}
