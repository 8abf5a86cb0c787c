/** Counts requests between their first byte and their answer, so that a stop can wait for them. */
import { Refusal } from '@snug/protocol';
import type { App } from './app.ts';

export interface InFlight {
  /** From now on new requests to the API are refused with SHUTTING_DOWN; those under way finish. */
  drain(): void;
  /** Resolves when nothing is under way, or with false when `limit` ms have passed. */
  idle(limit: number): Promise<boolean>;
}

const RETRY_AFTER_SECONDS = 2;

export function countInFlight(app: App): InFlight {
  let count = 0;
  let isDraining = false;
  let wake: (() => void) | null = null;
  app.addHook('onRequest', (request, reply, done) => {
    count += 1;
    // `close` comes once, also for an answer that the caller did not wait for.
    reply.raw.once('close', () => {
      count -= 1;
      if (count === 0) wake?.();
    });
    if (!isDraining) return done();
    reply.header('connection', 'close');
    if (request.url.startsWith('/api/'))
      return done(new Refusal('SHUTTING_DOWN', { retry_after: RETRY_AFTER_SECONDS }));
    done();
  });
  return {
    drain: () => {
      isDraining = true;
    },
    idle: (limit) =>
      new Promise((resolve) => {
        if (count === 0) return resolve(true);
        const timer = setTimeout(() => resolve(false), limit);
        wake = () => {
          clearTimeout(timer);
          resolve(true);
        };
      }),
  };
}
