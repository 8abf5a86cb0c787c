/** A custom status that was set for a while empties itself (E18). */
import type { Due } from '../../jobs/due.ts';
import type { Services } from '../../services.ts';
import type { World } from '../../world/world.ts';
import { profileEvents, profileGuard } from './users.commands.ts';

/** At most this many a run: what is left is due at once again. */
const MAX_A_RUN = 200;

export function statusExpiry({ world, log }: Services): Due {
  return {
    name: 'custom status',
    on: ['USER_UPDATE'],
    next: () => first(world),
    run: async (now) => {
      const due = [...world.statusExpiries].filter(([, at]) => at <= now).slice(0, MAX_A_RUN);
      for (const [userId] of due) {
        const user = world.users.get(userId)?.user;
        if (user === undefined) continue;
        const { custom_status_expires_at: _, ...rest } = user;
        const events = profileEvents(world, { ...rest, custom_status: '' });
        // Somebody who changes it at this moment comes first: then it is looked at again.
        const guards = [profileGuard(world, userId)];
        await log.append({ actor: '', at: now, trace: 'job:custom-status', events, guards });
      }
    },
  };
}

function first(world: World): number | null {
  let next: number | null = null;
  for (const at of world.statusExpiries.values()) if (next === null || at < next) next = at;
  return next;
}
