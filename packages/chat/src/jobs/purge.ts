/**
 * What was said in deleted channels goes in slices of at most 1,000 messages (E17): each a PURGE event, appended by
 * the one holder of this job. A deleted server is purged in the order of the log, across all its channels, so that
 * what lies on the same pages goes together. Stopped anywhere, it goes on from the tables at the next start.
 */
import type { Id } from '@snug/protocol';
import { channelScope, type Scope, serverScope } from '../log/envelope.ts';
import type { Log, Query } from '../log/log.ts';
import type { ChannelState } from '../world/state.ts';
import type { World } from '../world/world.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { Pace } from './pace.ts';

const MOST = 1000;
/** Positions one read looks at, where many channels share them. */
const WINDOW = 2000;

/** What goes together: the channels of a deleted server, or one deleted channel. */
interface Gone {
  readonly id: Id;
  readonly scope: Scope;
  readonly channelIds: readonly Id[];
}

/** How far a purge has looked: an id among the messages of one channel, or a position among those of many. */
type Place = Id | number;

interface Found {
  readonly messages: readonly { channel_id: Id; id: Id }[];
  /** Where to go on looking; null: nothing lies behind it. */
  readonly after: Place | null;
}

/** Messages of one channel that are still there. */
function ofChannel(channelId: Id, after: Id, limit: number): Query<Found> {
  return {
    sql: 'SELECT id FROM messages WHERE channel_id = ? AND id > ? ORDER BY id LIMIT ?',
    params: [channelId, after, limit],
    map: (rows) => ({
      messages: rows.map(({ id }) => ({ channel_id: channelId, id: id as Id })),
      after: rows.length < limit ? null : (rows.at(-1)?.id as Id),
    }),
  };
}

/** The same of many channels, within a stretch of the log. */
function ofChannels(channelIds: readonly Id[], after: number, tail: number, limit: number): Query<Found> {
  const upTo = after + WINDOW;
  return {
    // By position: the index on channels would find all of theirs and sort them.
    sql: `SELECT position, channel_id, id FROM messages WHERE position > ? AND position <= ?
            AND +channel_id IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?`,
    params: [after, upTo, JSON.stringify(channelIds), limit],
    map: (rows) => ({
      messages: rows as unknown as { channel_id: Id; id: Id }[],
      after: rows.length === limit ? (rows.at(-1)?.position as number) : upTo >= tail ? null : upTo,
    }),
  };
}

export class PurgeJob {
  readonly #log: Log;
  readonly #world: World;
  readonly #now: () => number;
  readonly #pace = new Pace(MOST);
  readonly #done = new Set<Id>();
  readonly #turns = new OneAtATime(() => this.#work());

  constructor(log: Log, world: World, now: () => number) {
    this.#log = log;
    this.#world = world;
    this.#now = now;
  }

  /** Runs once everything that is gone has been purged; a call while it runs makes it look again. */
  run(): Promise<void> {
    return this.#turns.run();
  }

  /** Somebody else wrote something: they go first. */
  othersWrote(): void {
    this.#pace.othersWrote();
  }

  stop(): void {
    this.#turns.stop();
  }

  async #work(): Promise<void> {
    for (const gone of this.#gone()) {
      if (this.#turns.isStopped) return;
      await this.#purge(gone);
    }
  }

  #gone(): Gone[] {
    const found: Gone[] = [];
    for (const { id, deletedAt, channels } of this.#world.servers.values()) {
      if (deletedAt === null || this.#done.has(id)) continue;
      found.push({ id, scope: serverScope(id), channelIds: [...channels.keys()] });
    }
    for (const [id, state] of this.#world.channels) {
      const isOfGoneServer = state.server !== null && state.server.deletedAt !== null;
      if (isOfGoneServer || !isGone(state) || this.#done.has(id)) continue;
      found.push({ id, scope: channelScope(id), channelIds: [id] });
    }
    return found;
  }

  async #purge({ id, scope, channelIds }: Gone): Promise<void> {
    if (await this.#isEmpty(channelIds)) {
      this.#done.add(id);
      return;
    }
    for (let after: Place | null = channelIds.length === 1 ? '' : 0; after !== null && !this.#turns.isStopped; ) {
      const found: Found = (await this.#log.read({ found: this.#next(channelIds, after) })).value.found;
      // Reading is synchronous underneath: others come in between.
      const rest = found.messages.length === 0 ? 0 : await this.#erase(scope, id, found.messages);
      await pause(rest);
      after = found.after;
    }
    if (!this.#turns.isStopped) this.#done.add(id);
  }

  #next(channelIds: readonly Id[], after: Place): Query<Found> {
    const { size } = this.#pace;
    return typeof after === 'string'
      ? ofChannel(channelIds[0] as Id, after, size)
      : ofChannels(channelIds, after, this.#world.tail, size);
  }

  async #isEmpty(channelIds: readonly Id[]): Promise<boolean> {
    const { value } = await this.#log.read({
      any: {
        sql: `SELECT 1 FROM json_each(?) AS gone WHERE EXISTS (SELECT 1 FROM messages WHERE channel_id = gone.value) LIMIT 1`,
        params: [JSON.stringify(channelIds)],
        map: (rows) => rows.length > 0,
      },
    });
    return !value.any;
  }

  /** Answers how long to rest, in ms. */
  async #erase(scope: Scope, subject: Id, messages: Found['messages']): Promise<number> {
    const channels = [...Map.groupBy(messages, ({ channel_id }) => channel_id)].map(
      ([channelId, found]) => [channelId, found.map(({ id }) => id)] as const,
    );
    const body = { channels: Object.fromEntries(channels), count: messages.length };
    const began = performance.now();
    const events = [{ type: 'PURGE', scope, subject, body } as const];
    await this.#log.append({ actor: '', at: this.#now(), trace: TRACE, events, guards: [] });
    return this.#pace.done(messages.length, performance.now() - began);
  }
}

const TRACE = 'job:purge';

function isGone({ deletedAt, parent }: ChannelState): boolean {
  return deletedAt !== null || (parent !== null && parent.deletedAt !== null);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms)));
}
