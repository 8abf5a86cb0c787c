import type { CommandInput, Id, Message } from '@snug/protocol';
import { BackOff } from '../connection/back-off.ts';
import type { Connection } from '../connection/connection-api.ts';
import type { Answer } from '../rest/rest.ts';
import { SnugError } from '../rest/snug-error.ts';
import type { Locks } from '../session/locks.ts';
import type { ClientStorage } from '../storage/client-storage.ts';
import type { LiveStore } from '../store/live-store.ts';
import { EntryClaims } from './entry-claims.ts';
import { EntryList } from './entry-list.ts';
import { newNonce } from './nonce.ts';
import type { Draft, Outbox, OutboxEntry } from './outbox-entry.ts';
import { OutboxStorage } from './outbox-storage.ts';

export interface OutboxOptions {
  readonly url: string;
  readonly storage: ClientStorage;
  readonly locks: Locks | null;
  readonly store: LiveStore;
  readonly connection: Connection;
  readonly send: (params: CommandInput<'message.send'>) => Promise<Answer<Message>>;
  readonly now: () => number;
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
}

/** Failures without a name, in a row, after which an entry no longer holds up those behind it. */
const MAX_UNEXPECTED = 8;

/** The entries of one channel go one by one: the next only after the answer to the one before (OUT2). */
interface Lane {
  busy: boolean;
  readonly backOff: BackOff;
  timer: ReturnType<typeof setTimeout> | undefined;
}

interface Held {
  /** Settles when the entry is in storage, or could not be put there. */
  kept: Promise<void>;
  unexpected: number;
}

/** What one account still has to say, in this tab. The entries themselves stand in the store's state. */
export class LiveOutbox implements Outbox {
  readonly #options: OutboxOptions;
  readonly #claims: EntryClaims;
  readonly #entries: EntryList;
  readonly #held = new Map<string, Held>();
  readonly #lanes = new Map<Id, Lane>();
  readonly #unsubscribe: () => void;
  #kept: OutboxStorage | null = null;
  #lastCreated = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#claims = new EntryClaims(options.locks, options.url);
    this.#entries = new EntryList(options.store);
    this.#unsubscribe = options.connection.subscribe(() => this.#onConnection());
  }

  send(draft: Draft): OutboxEntry {
    if (this.#kept === null) throw new SnugError('NOT_SIGNED_IN');
    // One moment each, so that the order of sending survives a reload.
    this.#lastCreated = Math.max(this.#options.now(), this.#lastCreated + 1);
    const entry: OutboxEntry = {
      nonce: newNonce(this.#lastCreated),
      created_at: this.#lastCreated,
      ...draft,
      state: 'queued',
    };
    const kept = this.#guard(this.#claims.claim(entry.nonce)).then(() => this.#keep(entry));
    this.#held.set(entry.nonce, { kept, unexpected: 0 });
    this.#entries.show(entry);
    void this.#drain(entry.channel_id);
    return entry;
  }

  retry(nonce: string): void {
    const entry = this.#entries.find(nonce);
    if (entry === undefined || entry.state === 'sent' || entry.state === 'confirmed') return;
    const { error: _error, retryAt: _retryAt, ...rest } = entry;
    const queued: OutboxEntry = { ...rest, state: 'queued' };
    const held = this.#held.get(nonce);
    if (held !== undefined) {
      held.unexpected = 0;
      held.kept = held.kept.then(() => this.#keep(queued));
    }
    this.#entries.show(queued);
    this.#kick(entry.channel_id);
  }

  discard(nonce: string): void {
    const entry = this.#entries.find(nonce);
    if (entry === undefined || entry.state === 'sent' || entry.state === 'confirmed') return;
    this.#entries.hide(entry);
    this.settled([nonce]);
    this.#kick(entry.channel_id);
  }

  /** The store has these messages now: nothing of the entries is needed any more. */
  settled(nonces: readonly string[]): void {
    for (const nonce of nonces) {
      const held = this.#held.get(nonce);
      if (held === undefined) continue;
      this.#held.delete(nonce);
      this.#forget(nonce, held);
    }
  }

  /** Somebody signed in: their entries come back, unless another tab has them. */
  enter(userId: Id): void {
    this.#kept = new OutboxStorage(this.#options.storage, this.#options.url, userId);
    void this.#adopt();
  }

  /** Nobody is signed in. After a sign-out that was asked for, nothing of what they wrote stays on the device. */
  leave(erase: boolean): void {
    const kept = this.#kept;
    this.#kept = null;
    for (const lane of this.#lanes.values()) clearTimeout(lane.timer);
    this.#lanes.clear();
    this.#held.clear();
    if (kept !== null && erase) void this.#guard(this.#eraseAll(kept));
    this.#claims.releaseAll();
  }

  close(): void {
    this.#unsubscribe();
    this.leave(false);
  }

  #onConnection(): void {
    if (this.#options.connection.status !== 'online') return;
    for (const channelId of this.#options.store.getState().outbox.keys()) this.#kick(channelId);
    // What a tab has left behind that is gone by now.
    void this.#adopt();
  }

  async #adopt(): Promise<void> {
    const kept = this.#kept;
    if (kept === null) return;
    await this.#guard(
      (async () => {
        for (const nonce of await kept.nonces()) await this.#adoptOne(kept, nonce);
      })(),
    );
  }

  async #adoptOne(kept: OutboxStorage, nonce: string): Promise<void> {
    if (this.#held.has(nonce) || !(await this.#claims.claim(nonce))) return;
    const entry = await kept.read(nonce);
    // Gone while it was claimed, or somebody else is signed in by now.
    if (entry === null || this.#kept !== kept || this.#held.has(nonce)) {
      if (!this.#held.has(nonce)) this.#claims.release(nonce);
      return;
    }
    this.#held.set(nonce, { kept: Promise.resolve(), unexpected: 0 });
    this.#entries.show(entry);
    void this.#drain(entry.channel_id);
  }

  /** Sends what waits in a channel, until nothing does or one has to wait. Never rejects. */
  async #drain(channelId: Id): Promise<void> {
    const lane = this.#lane(channelId);
    if (lane.busy || lane.timer !== undefined) return;
    lane.busy = true;
    try {
      for (let entry = this.#next(channelId, lane); entry !== undefined; entry = this.#next(channelId, lane)) {
        const wait = await this.#deliver(entry, lane);
        if (wait === null) continue;
        this.#pause(channelId, lane, wait);
        break;
      }
    } catch (error) {
      this.#options.onError(error);
    } finally {
      lane.busy = false;
    }
  }

  /** One try. Null: go on with the next; a number: wait so many ms. */
  async #deliver(entry: OutboxEntry, lane: Lane): Promise<number | null> {
    const held = this.#held.get(entry.nonce) as Held;
    await held.kept;
    const { channel_id, content, reply_to_id, nonce } = entry;
    if (!this.#update(nonce, { state: 'sent' })) return null;
    try {
      const reply = reply_to_id === undefined ? {} : { reply_to_id };
      const answer = await this.#options.send({ channel_id, content, nonce, ...reply });
      lane.backOff.reset();
      this.#confirmed(entry, answer.position);
      return null;
    } catch (error) {
      if (!(error instanceof SnugError)) throw error;
      return this.#failed(nonce, held, error, lane);
    }
  }

  /** It is the server's now; the entry is shown until the store has the message in its place (OUT3). */
  #confirmed({ nonce, channel_id: channelId }: OutboxEntry, position: number | null): void {
    const { store, connection } = this.#options;
    if (!this.#update(nonce, { state: 'confirmed' })) return;
    const isLive = connection.status !== 'stopped';
    store.ledger.confirmed.set(nonce, { channelId, position: isLive ? (position ?? 0) : 0 });
    store.change(() => undefined);
  }

  #failed(nonce: string, held: Held, error: SnugError, lane: Lane): number | null {
    const isUnexpected = error.code === 'INTERNAL' || error.code === 'BAD_ANSWER';
    held.unexpected = isUnexpected ? held.unexpected + 1 : 0;
    const goesOn = error.shouldRetry || error.needsSignIn || error.code === 'ABORTED';
    if (!goesOn || held.unexpected >= MAX_UNEXPECTED) {
      if (!this.#update(nonce, { state: 'refused', error })) return null;
      const refused = this.#entries.find(nonce);
      if (refused !== undefined) held.kept = held.kept.then(() => this.#keep(refused));
      return null;
    }
    if (error.code === 'SLOW_MODE') {
      const rest = (error.retryAfter ?? 1) * 1000;
      this.#update(nonce, { state: 'waiting', error, retryAt: this.#options.now() + rest });
      return rest;
    }
    const wait = Math.max((error.retryAfter ?? 0) * 1000, lane.backOff.next());
    this.#update(nonce, { state: 'queued', error, retryAt: this.#options.now() + wait });
    return wait;
  }

  /** The first that waits. Nothing, while there is no way to the server: coming online drains again. */
  #next(channelId: Id, lane: Lane): OutboxEntry | undefined {
    const { store, connection } = this.#options;
    const isOpen = connection.status === 'online' || connection.status === 'stopped';
    // Another lane in its place: somebody else is signed in by now.
    if (this.#kept === null || !isOpen || this.#lanes.get(channelId) !== lane) return undefined;
    return store
      .getState()
      .outbox.get(channelId)
      ?.find(({ state }) => state === 'queued' || state === 'waiting');
  }

  /** What comes after the one that waits, waits with it. */
  #pause(channelId: Id, lane: Lane, wait: number): void {
    if (this.#lanes.get(channelId) !== lane) return;
    lane.timer = setTimeout(() => this.#kick(channelId), wait);
  }

  #kick(channelId: Id): void {
    const lane = this.#lane(channelId);
    clearTimeout(lane.timer);
    lane.timer = undefined;
    void this.#drain(channelId);
  }

  #lane(channelId: Id): Lane {
    let lane = this.#lanes.get(channelId);
    if (lane === undefined) {
      lane = { busy: false, backOff: new BackOff(this.#options.random), timer: undefined };
      this.#lanes.set(channelId, lane);
    }
    return lane;
  }

  /** Changes an entry; false when it is gone: confirmed by its echo, discarded, or signed out. */
  #update(nonce: string, change: Pick<OutboxEntry, 'state' | 'error' | 'retryAt'>): boolean {
    const entry = this.#held.has(nonce) ? this.#entries.find(nonce) : undefined;
    if (entry === undefined) return false;
    const { error: _error, retryAt: _retryAt, ...rest } = entry;
    this.#entries.show({ ...rest, ...change });
    return true;
  }

  /** Into storage. Where that fails the entry is sent all the same, and somebody is told that it would not survive. */
  async #keep(entry: OutboxEntry): Promise<void> {
    const kept = this.#kept;
    if (kept !== null && this.#held.has(entry.nonce)) await this.#guard(kept.write(entry));
  }

  #forget(nonce: string, held: Held): void {
    const kept = this.#kept;
    void held.kept.then(async () => {
      if (kept !== null) await this.#guard(kept.delete(nonce));
      this.#claims.release(nonce);
    });
  }

  async #eraseAll(kept: OutboxStorage): Promise<void> {
    for (const nonce of await kept.nonces()) await kept.delete(nonce);
  }

  async #guard(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
