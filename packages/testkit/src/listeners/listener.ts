/** The three transports of the log behind one interface, so that one suite tests all of them and mixes them. */
import type { Ready } from '@snug/protocol';
import { listenOnEvents } from './listen-on-events.ts';
import { listenOnGateway } from './listen-on-gateway.ts';
import { listenOnSync } from './listen-on-sync.ts';

export const TRANSPORTS = ['gateway', 'sync', 'sse'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Hears what a transport brings, in order. Answering false is a connection lost right after that frame. */
export interface Ear {
  /** @param s the cursor after it; undefined for what does not last. */
  event(type: string, s: number | undefined, d: unknown): boolean;
  /** The cursor moved without an event. */
  moved(s: number): void;
  reset(reason: string): void;
  ready(snapshot: Ready, s: number): boolean;
}

export interface Listening extends AsyncDisposable {
  readonly transport: Transport;
  /** Resolves once live: after READY, or after what was missed. Rejects if it ended first. */
  readonly live: Promise<void>;
  /** How it ended: dropped by us, or what the server said last. */
  readonly ended: Promise<string>;
  /** Loses the connection now: nothing that comes after is heard. */
  drop(): Promise<void>;
}

export interface ListenOptions {
  readonly url: string;
  readonly token: string;
  /** Where to go on; null for a fresh start. */
  readonly since: number | null;
  readonly ear: Ear;
  readonly intents?: number;
  /** Hears every byte that came, as text, before anybody looks at it. */
  readonly raw?: (text: string) => void;
  /** Sync only: ms a poll waits. */
  readonly timeout?: number;
}

export function listen(transport: Transport, options: ListenOptions): Listening {
  if (transport === 'gateway') return listenOnGateway(options);
  return transport === 'sync' ? listenOnSync(options) : listenOnEvents(options);
}
