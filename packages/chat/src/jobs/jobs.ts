/** The jobs of an instance, each with one holder: this process has its data folder to itself (E17, E18). */

import type { FeedEntry } from '@snug/protocol';
import { endTimeouts } from '../features/members/end-timeouts.ts';
import { threadArchiving } from '../features/threads/thread-archiving.ts';
import { statusExpiry } from '../features/users/status-expiry.ts';
import type { LogEvent } from '../log/envelope.ts';
import { erasureOf } from '../log/erase.ts';
import type { Services } from '../services.ts';
import { AccountDeletionJob } from './account-deletion.ts';
import { AuthFeedJob } from './auth-feed.ts';
import { AuthorPurgeJob } from './author-purge.ts';
import { type Due, DueJob } from './due.ts';
import { PurgeJob } from './purge.ts';
import { ScrubJob } from './scrub.ts';

/** What time causes, a line a kind. */
const DUES: readonly ((services: Services) => Due)[] = [endTimeouts, statusExpiry, threadArchiving];

export class Jobs {
  readonly #services: Services;
  readonly #purge: PurgeJob;
  readonly #authorPurge: AuthorPurgeJob;
  readonly #deletion: AccountDeletionJob;
  readonly #feed: AuthFeedJob;
  readonly #scrub: ScrubJob;
  readonly #due: DueJob;
  #isStopped = false;

  constructor(services: Services) {
    const { log, world, now, logger, settings } = services;
    this.#services = services;
    this.#purge = new PurgeJob(log, world, now);
    this.#authorPurge = new AuthorPurgeJob(log, world, now);
    this.#deletion = new AccountDeletionJob(services);
    this.#feed = new AuthFeedJob(services);
    this.#scrub = new ScrubJob(log, settings.erasure_delay, logger);
    this.#due = new DueJob(world, now, logger);
  }

  /** Goes on with what was left at the last stop. */
  start(): void {
    void this.#run(this.#purge);
    void this.#run(this.#authorPurge);
    void this.#run(this.#deletion);
    this.#feed.start();
    for (const due of DUES) this.#due.register(due(this.#services));
  }

  /** After the fold of each event. */
  heard(event: LogEvent): void {
    const { type, body } = event;
    if (erasureOf(type, body) !== null) this.#scrub.want();
    if (!event.trace.startsWith('job:')) {
      this.#purge.othersWrote();
      this.#authorPurge.othersWrote();
    }
    if (type === 'CHANNEL_DELETE' || type === 'SERVER_DELETE') void this.#run(this.#purge);
    if (type === 'AUTHOR_PURGE') void this.#run(this.#authorPurge);
    if (type === 'USER_DELETE') void this.#run(this.#deletion);
    this.#due.heard(event);
  }

  /** Auth said so. */
  heardFromAuth(entry: FeedEntry): void {
    this.#feed.heard(entry);
  }

  /** Appends nothing more; erased words may still have to be scrubbed. */
  stop(): void {
    this.#isStopped = true;
    this.#purge.stop();
    this.#authorPurge.stop();
    this.#deletion.stop();
    this.#feed.stop();
    this.#due.stop();
  }

  /** Before the log closes. */
  async close(): Promise<void> {
    this.stop();
    if (this.#scrub.isPending) await this.#services.log.scrub();
    this.#scrub.stop();
  }

  async #run(job: { run(): Promise<void> }): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      if (!this.#isStopped)
        this.#services.logger.error({ err: error }, 'a purge stopped; it goes on at the next start');
    }
  }
}
