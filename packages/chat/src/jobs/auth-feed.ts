/**
 * What auth's feed asks to be recorded: new names, and accounts that ended (E32). Entries are acted on in their order
 * and by one holder; the log knows how far that went, so a crash in between only makes the next start ask again.
 */
import type { FeedEntry, Id, MessageFate } from '@snug/protocol';
import { feedTrace } from '../features/users/deletions.projection.ts';
import { accountEnd, placesBegunBy } from '../features/users/end-account.ts';
import { profileEvents, profileGuard } from '../features/users/users.queries.ts';
import type { Append, Query } from '../log/log.ts';
import type { Services } from '../services.ts';

const RETRY_MS = 1000;

const LAST_SEQ: Query<number> = {
  sql: "SELECT seq FROM auth_feed WHERE issuer = 'auth'",
  params: [],
  map: ([row]) => (row?.seq as number | undefined) ?? 0,
};

export class AuthFeedJob {
  readonly #services: Services;
  #queue: Promise<void> = Promise.resolve();
  /** The number of the last entry acted on. */
  #seq = 0;
  #isStopped = false;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Catches up with what was missed; entries heard meanwhile wait behind it. */
  start(): void {
    this.#then(() => this.#catchUp());
  }

  heard(entry: FeedEntry): void {
    if (entry.kind === 'account_renamed' || entry.kind === 'account_deleted') this.#then(() => this.#apply(entry));
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Order is everything here: a failure is tried again before anything later. */
  #then(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(async () => {
      while (!this.#isStopped) {
        try {
          return await work();
        } catch (error) {
          if (this.#isStopped) return;
          this.#services.logger.error({ err: error }, "auth's feed was not acted on yet");
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
        }
      }
    });
  }

  async #catchUp(): Promise<void> {
    const { log, auth } = this.#services;
    this.#seq = (await log.read({ seq: LAST_SEQ })).value.seq;
    // Another auth than before, or an older copy of it: everything it says is new.
    if ((await auth.feedSince(this.#seq)).head < this.#seq) this.#seq = 0;
    while (!this.#isStopped) {
      const { entries } = await auth.feedSince(this.#seq);
      if (entries.length === 0) return;
      for (const entry of entries) await this.#apply(entry);
    }
  }

  async #apply(entry: FeedEntry): Promise<void> {
    if (entry.seq <= this.#seq || this.#isStopped) return;
    const { kind, user_id, username, messages } = entry;
    if (kind === 'account_renamed' && username !== undefined) await this.#rename(entry, username);
    if (kind === 'account_deleted') await this.#end(entry.seq, user_id, messages ?? 'anonymise');
    this.#seq = entry.seq;
  }

  async #rename({ seq, user_id }: FeedEntry, username: string): Promise<void> {
    const { world } = this.#services;
    await this.#append(seq, user_id, () => {
      const user = world.users.get(user_id)?.user;
      if (user === undefined || user.is_deleted === true || user.username === username) return null;
      return { events: profileEvents(world, { ...user, username }), guards: [profileGuard(world, user_id)] };
    });
  }

  async #end(seq: number, userId: Id, messages: MessageFate): Promise<void> {
    const { world, log } = this.#services;
    const { began } = (await log.read({ began: placesBegunBy(userId) })).value;
    await this.#append(seq, userId, () => accountEnd(world, userId, messages, began));
  }

  /** Decided again as often as another change comes first. */
  async #append(seq: number, actor: Id, decide: () => Pick<Append, 'events' | 'guards'> | null): Promise<void> {
    for (;;) {
      const decided = decide();
      if (decided === null) return;
      const append = { actor, at: this.#services.now(), trace: feedTrace(seq), ...decided };
      const { kind } = await this.#services.log.append(append);
      if (kind === 'committed') return;
      if (kind !== 'stale') throw new Error(`an entry of auth's feed was ${kind}`);
    }
  }
}
