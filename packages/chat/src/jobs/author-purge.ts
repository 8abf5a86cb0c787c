/**
 * Erases what one person said, in a server or everywhere: MESSAGE_DELETE_BULK events of at most 1,000 messages each,
 * appended by the one holder of this job (E17). A command asks for it with `authorPurge`, in the append of the act
 * itself; the request stands in the table `author_purges` until AUTHOR_PURGE_DONE, so a crash only makes it look again.
 */
import type { Id } from '@snug/protocol';
import { channelScope, type NewEvent, type NewEventOf, userScope } from '../log/envelope.ts';
import type { Log, Query } from '../log/log.ts';
import type { ChannelState } from '../world/state.ts';
import type { World } from '../world/world.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { Pace } from './pace.ts';

/** Most of one event. */
const MOST = 1000;
/** Rows one read looks at. */
const PAGE = 1000;
/** The clock may have been set back while people talked: what is this much older was certainly said before. */
const CLOCK_SLACK = 3_600_000;

export interface AuthorPurge {
  readonly author_id: Id;
  /** null: everywhere. */
  readonly server_id: Id | null;
  /** ms since 1970; null: from the beginning. */
  readonly since: number | null;
  readonly cause: 'ban' | 'account';
}

/** The event that asks for it. */
export function authorPurge({ author_id, server_id, since, cause }: AuthorPurge): NewEventOf<'AUTHOR_PURGE'> {
  const body = { author_id, server_id, since: since === null ? null : new Date(since).toISOString(), cause };
  return { type: 'AUTHOR_PURGE', scope: userScope(author_id), subject: author_id, body };
}

interface Pending extends AuthorPurge {
  readonly position: number;
  readonly asked_by: Id;
}

const PENDING: Query<Pending[]> = {
  sql: 'SELECT * FROM author_purges ORDER BY position LIMIT 100',
  params: [],
  map: (rows) => rows as unknown as Pending[],
};

interface Page {
  /** Messages of the author, the latest first. */
  readonly ids: readonly Id[];
  /** Where the next page begins; null: there is none. */
  readonly below: number | null;
}

/** Walks a channel's events backwards by the log's own index: messages have none on their authors. */
function page(channelId: Id, below: number, purge: Pending): Query<Page> {
  const since = purge.since ?? Number.MIN_SAFE_INTEGER;
  return {
    sql: `SELECT entry.position AS position, events.at AS at,
            CASE WHEN messages.author_id = ? AND messages.created_at >= ? AND messages.deleted_at IS NULL
                   AND messages.type IN ('default', 'reply') THEN messages.id END AS id
          FROM (SELECT position FROM scope_positions WHERE scope = ? AND position < ? ORDER BY position DESC LIMIT ${PAGE})
            AS entry
          CROSS JOIN events ON events.position = entry.position
          LEFT JOIN messages ON messages.position = entry.position ORDER BY entry.position DESC`,
    params: [purge.author_id, since, channelScope(channelId), below],
    map: (rows) => {
      const last = rows.at(-1);
      const isEnd = last === undefined || rows.length < PAGE || (last.at as number) < since - CLOCK_SLACK;
      const ids = rows.flatMap(({ id }) => (id === null ? [] : [id as Id]));
      return { ids, below: isEnd ? null : (last.position as number) };
    },
  };
}

export class AuthorPurgeJob {
  readonly #log: Log;
  readonly #world: World;
  readonly #now: () => number;
  readonly #pace = new Pace(MOST);
  readonly #turns = new OneAtATime(() => this.#work());

  constructor(log: Log, world: World, now: () => number) {
    this.#log = log;
    this.#world = world;
    this.#now = now;
  }

  /** Works off everything that was asked for; a call while it runs makes it look again. */
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
    for (;;) {
      const [purge] = (await this.#log.read({ pending: PENDING })).value.pending;
      if (purge === undefined || this.#turns.isStopped) return;
      await this.#purge(purge);
    }
  }

  async #purge(purge: Pending): Promise<void> {
    const server = purge.server_id === null ? undefined : this.#world.servers.get(purge.server_id);
    const channels =
      purge.server_id === null ? this.#world.channels : (server?.channels ?? new Map<Id, ChannelState>());
    for (const id of [...channels.keys()]) {
      // What was said in a deleted channel is purged with it.
      if (this.#world.channel(id) !== undefined) await this.#purgeIn(id, purge);
      if (this.#turns.isStopped) return;
    }
    const { position, author_id } = purge;
    const done = { author_id, purge: position };
    await this.#append([{ type: 'AUTHOR_PURGE_DONE', scope: userScope(author_id), subject: author_id, body: done }]);
  }

  async #purgeIn(channelId: Id, purge: Pending): Promise<void> {
    const tail = this.#world.scopeTails.get(channelScope(channelId)) ?? 0;
    let below: number | null = Math.min(purge.position, tail + 1);
    while (below !== null && !this.#turns.isStopped) {
      const { ids, below: next }: Page = (await this.#log.read({ page: page(channelId, below, purge) })).value.page;
      for (let at = 0, size = 0; at < ids.length && !this.#turns.isStopped; at += size) {
        size = this.#pace.size;
        const began = performance.now();
        if (!(await this.#erase(channelId, ids.slice(at, at + size), purge))) return this.#purgeIn(channelId, purge);
        const rest = this.#pace.done(size, performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, rest));
      }
      below = next;
      // Reading is synchronous underneath: others come in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** False if one of them was deleted meanwhile: what is left is looked for again. */
  async #erase(channelId: Id, ids: readonly Id[], { cause, asked_by }: Pending): Promise<boolean> {
    const state = this.#world.channel(channelId);
    if (state === undefined) return true;
    const { server_id, parent_id } = state.channel;
    const body = {
      channel_id: channelId,
      ids: [...ids],
      cause,
      ...(server_id === undefined ? {} : { server_id }),
      ...(parent_id === undefined ? {} : { parent_id }),
    };
    const event: NewEvent = { type: 'MESSAGE_DELETE_BULK', scope: channelScope(channelId), subject: channelId, body };
    return this.#append([event], channelId, ids, asked_by);
  }

  async #append(events: NewEvent[], channelId: Id = '', ids: readonly Id[] = [], actor: Id = ''): Promise<boolean> {
    const guards = ids.map(
      (id) => ({ kind: 'exists', key: 'message', args: [channelId, id], refusal: 'STALE' }) as const,
    );
    const append = { actor, at: this.#now(), trace: 'job:author-purge', events, guards };
    const { kind } = await this.#log.append(append);
    return kind === 'committed';
  }
}
