import type { SyncAnswer } from '@snug/protocol';
import { API_PREFIX } from '../rest/build-request.ts';
import type { Rest } from '../rest/rest.ts';
import { SnugError } from '../rest/snug-error.ts';
import type { Dispatch } from '../store/dispatch.ts';
import type { Ending } from './ending.ts';
import type { TransportContext } from './transport.ts';

export interface SyncPollOptions {
  readonly rest: Rest;
  readonly token: () => Promise<string>;
  readonly replaceToken: (refused: string) => Promise<string>;
  /** When to make room for a WebSocket, in ms since 1970. */
  readonly upgradeAt: number;
  readonly now: () => number;
}

/** How long the server may hold a poll, in ms; well below what proxies put up with. */
const POLL_MS = 25_000;
/** Refused tokens in a row after which something else is wrong. */
const MAX_REFUSED = 2;

/** The long poll: the same events with the same cursor where WebSockets do not pass (CONN2, SYNC1 to SYNC8). */
export class SyncPoll {
  readonly ended: Promise<Ending>;
  readonly #options: SyncPollOptions;
  readonly #context: TransportContext;
  readonly #abort = new AbortController();
  #cursor: number | null;
  #heard = false;
  #refused = 0;

  constructor(options: SyncPollOptions, context: TransportContext) {
    this.#options = options;
    this.#context = context;
    this.#cursor = context.cursor;
    this.ended = this.#run();
  }

  close(): void {
    this.#abort.abort();
  }

  async #run(): Promise<Ending> {
    while (!this.#abort.signal.aborted) {
      if (this.#heard && this.#options.now() >= this.#options.upgradeAt) return { next: 'upgrade', heard: true };
      const ending = await this.#poll();
      if (ending !== null) return ending;
    }
    return { next: 'stopped', heard: this.#heard };
  }

  /** One answer; null to go on. */
  async #poll(): Promise<Ending | null> {
    let token = '';
    try {
      token = await this.#options.token();
      this.#take(await this.#ask(token));
      return null;
    } catch (error) {
      if (!(error instanceof SnugError)) throw error;
      return this.#failed(error, token);
    }
  }

  async #ask(token: string): Promise<SyncAnswer> {
    // The first answer comes at once: it says that this way is open.
    const query = new URLSearchParams({ timeout: String(this.#heard ? POLL_MS : 0) });
    if (this.#cursor !== null) query.set('since', String(this.#cursor));
    const status = this.#context.presence?.status;
    if (status !== undefined) query.set('status', status);
    const { result } = await this.#options.rest.send<SyncAnswer>(
      { method: 'GET', path: `${API_PREFIX}/sync?${query}`, body: null },
      { token, signal: this.#abort.signal, timeout: POLL_MS + 15_000 },
    );
    return result;
  }

  #take({ next, events, ephemeral, snapshot }: SyncAnswer): void {
    if (this.#abort.signal.aborted) return;
    if (snapshot !== undefined) this.#context.onSnapshot(snapshot, next);
    const lasting = withPositions(events, this.#cursor ?? 0, next);
    const passing = ephemeral.map(({ t, d }) => ({ t, d, position: null }));
    this.#cursor = next;
    this.#refused = 0;
    this.#context.onBatch([...lasting, ...passing], next);
    if (!this.#heard) {
      this.#heard = true;
      this.#context.onOnline();
    }
  }

  async #failed(error: SnugError, token: string): Promise<Ending | null> {
    const heard = this.#heard;
    if (error.code === 'ABORTED') return { next: 'stopped', heard };
    if (error.code === 'SESSION_REVOKED') return { next: 'revoked', heard };
    if (error.code === 'ACCOUNT_SUSPENDED') return { next: 'closed', heard };
    if (error.code === 'UNKNOWN_POSITION') {
      this.#cursor = null;
      return null;
    }
    if (error.needsSignIn && token !== '' && this.#refused < MAX_REFUSED) return this.#tryNewToken(token);
    const delay = error.retryAfter === null ? {} : { delay: error.retryAfter * 1000 };
    const complaint = error.shouldRetry || error.needsSignIn ? {} : { complaint: `sync was refused: ${error.code}` };
    return { next: 'again', heard, ...delay, ...complaint };
  }

  async #tryNewToken(refused: string): Promise<Ending | null> {
    this.#refused++;
    try {
      await this.#options.replaceToken(refused);
      return null;
    } catch (error) {
      if (!(error instanceof SnugError)) throw error;
      return { next: 'again', heard: this.#heard };
    }
  }
}

/**
 * Events with the position they happened at: the earlier ones of a group carry the cursor before it (DLV4). An answer
 * never splits a group (SYNC5).
 */
function withPositions(events: SyncAnswer['events'], since: number, next: number): Dispatch[] {
  const dispatches: Dispatch[] = [];
  let cursor = since;
  let first = 0;
  for (const [index, { s }] of events.entries()) {
    if (s <= cursor) continue;
    for (const { t, d } of events.slice(first, index + 1)) dispatches.push({ t, d, position: s });
    first = index + 1;
    cursor = s;
  }
  for (const { t, d } of events.slice(first)) dispatches.push({ t, d, position: next });
  return dispatches;
}
