/**
 * What was said in deleted channels goes in slices of at most 1,000 messages (E17): each a PURGE event, appended by
 * the one holder of this job. Stopped anywhere, it goes on from the tables at the next start.
 */
import type { Id } from '@snug/protocol';
import { channelScope } from '../log/envelope.ts';
import type { Log, Query } from '../log/log.ts';
import type { World } from '../world/world.ts';

const SLICE = 1000;

interface Slice {
  readonly upTo: number;
  readonly count: number;
  /** Nothing lies behind it. */
  readonly isLast: boolean;
}

/** The oldest messages of a channel that are still there, by the log's index: messages have none on their positions. */
function oldest(channelId: Id, after: number): Query<Slice | null> {
  return {
    sql: `SELECT messages.position AS position FROM events CROSS JOIN messages ON messages.position = events.position
          WHERE EXISTS (SELECT 1 FROM messages WHERE channel_id = ?) AND events.scope = ? AND events.position > ?
          ORDER BY events.position LIMIT ${SLICE + 1}`,
    params: [channelId, channelScope(channelId), after],
    map: (rows) => {
      const last = rows[Math.min(rows.length, SLICE) - 1];
      if (last === undefined) return null;
      return { upTo: last.position as number, count: Math.min(rows.length, SLICE), isLast: rows.length <= SLICE };
    },
  };
}

export class PurgeJob {
  readonly #log: Log;
  readonly #world: World;
  readonly #now: () => number;
  readonly #done = new Set<Id>();
  #isRunning = false;
  #isWanted = false;
  #isStopped = false;

  constructor(log: Log, world: World, now: () => number) {
    this.#log = log;
    this.#world = world;
    this.#now = now;
  }

  /** Runs once everything that is gone has been purged; a call while it runs makes it look again. */
  async run(): Promise<void> {
    this.#isWanted = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#isWanted && !this.#isStopped) {
        this.#isWanted = false;
        for (const [id, state] of this.#world.channels) {
          const isGone = state.deletedAt !== null || (state.server !== null && state.server.deletedAt !== null);
          if (isGone && !this.#done.has(id) && !this.#isStopped) await this.#purge(id);
        }
      }
    } finally {
      this.#isRunning = false;
    }
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #purge(channelId: Id): Promise<void> {
    const scope = channelScope(channelId);
    for (let after = 0; !this.#isStopped; ) {
      const { slice } = (await this.#log.read({ slice: oldest(channelId, after) })).value;
      if (slice === null) {
        this.#done.add(channelId);
        return;
      }
      // Edits lie after what they edit: the last slice reaches to the end of the scope.
      const upTo = slice.isLast ? Math.max(slice.upTo, this.#world.scopeTails.get(scope) ?? 0) : slice.upTo;
      const body = { channel_id: channelId, after, up_to: upTo, count: slice.count };
      const events = [{ type: 'PURGE', scope, subject: channelId, body } as const];
      await this.#log.append({ actor: '', at: this.#now(), trace: 'job:purge', events, guards: [] });
      after = upTo;
    }
  }
}
