/** What the two threads say to each other. */
import type { FeedEntry, RefusalCode } from '@snug/protocol';
import type { StoreMethods } from '../auth-store.ts';

export type ToWorker = { id: number; method: keyof StoreMethods; args: unknown[] } | { close: true };

export type FromWorker =
  | { ready: true }
  | { id: number; result: unknown; feed: FeedEntry[] }
  | { id: number; refusal: RefusalCode }
  | { id: number; error: Error };
