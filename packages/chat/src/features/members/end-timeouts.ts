import type { Id } from '@snug/protocol';
import type { Due } from '../../jobs/due.ts';
import { memberKey, type NewEvent, serverScope } from '../../log/envelope.ts';
import type { Services } from '../../services.ts';
import type { World } from '../../world/world.ts';

interface TimedOut {
  readonly serverId: Id;
  readonly userId: Id;
  readonly until: number;
}

function* timedOut(world: World): Iterable<TimedOut> {
  for (const server of world.servers.values()) {
    if (server.deletedAt !== null) continue;
    for (const [userId, until] of server.timeouts) yield { serverId: server.id, userId, until };
  }
}

/** A timeout ends by an event like any other, nobody's act but time's (E18). */
export function endTimeouts({ world, log }: Services): Due {
  return {
    name: 'end of a timeout',
    on: ['MEMBER_UPDATE', 'SERVER_DELETE'],
    next: () => {
      let first: number | null = null;
      for (const { until } of timedOut(world)) first = Math.min(first ?? until, until);
      return first;
    },
    run: async (now) => {
      const ended = [...timedOut(world)].filter(({ until }) => until <= now);
      for (const { serverId, userId, until } of ended) {
        // A moderator may have made it longer while the others were written.
        if (world.servers.get(serverId)?.timeouts.get(userId) !== until) continue;
        const body = { user_id: userId, server_id: serverId, timed_out_until: null };
        const event: NewEvent = { type: 'MEMBER_UPDATE', scope: serverScope(serverId), subject: userId, body };
        const guards = [{ kind: 'authority', keys: [memberKey(serverId, userId)], position: world.tail }] as const;
        await log.append({ actor: '', at: now, trace: 'job:timeouts', events: [event], guards });
      }
    },
  };
}
