import type { Ready } from '@snug/protocol';
import type { PresenceChange } from '../connection/connection-api.ts';
import { applySnapshot } from './apply-snapshot.ts';
import type { Dispatch } from './dispatch.ts';
import { Draft } from './draft.ts';
import type { FoldContext } from './fold-context.ts';
import { foldDispatch } from './fold-dispatch.ts';
import { expireTyping, showOwnPresence } from './fold-presence.ts';
import { Ledger, type Wanted } from './ledger.ts';
import { settleConfirmed } from './settle-outbox.ts';
import { type ConnectionState, EMPTY_STATE, type State, type Store } from './state.ts';

export interface LiveStoreOptions {
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/** What a batch left open, for whoever fetches, and for the outbox. */
export interface StoreEffects {
  /** Outbox entries whose message the store has now. */
  onSettled(nonces: readonly string[]): void;
  onWanted(wanted: Wanted): void;
  /** Every dispatch that was folded, in order. */
  onDispatches(dispatches: readonly Dispatch[]): void;
}

/**
 * Folds what the server dispatches into one immutable state (STORE1). Positions, not arrival, decide: a snapshot, a page and
 * the events between them give the same state in whichever order they come (STORE4).
 */
export class LiveStore implements Store {
  readonly ledger = new Ledger();
  readonly #options: LiveStoreOptions;
  readonly #listeners = new Set<() => void>();
  #state: State = EMPTY_STATE;
  #effects: StoreEffects | null = null;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;
  #cursorWaiters: { readonly position: number; readonly done: () => void }[] = [];

  constructor(options: LiveStoreOptions) {
    this.#options = options;
  }

  setEffects(effects: StoreEffects): void {
    this.#effects = effects;
  }

  readonly getState = (): State => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Folds one batch and moves the cursor; subscribers hear of it once (STORE6). */
  apply(dispatches: readonly Dispatch[], cursor: number): void {
    this.change((draft) => {
      for (const dispatch of dispatches) this.#fold(draft, dispatch);
      draft.set('cursor', Math.max(cursor, draft.state.cursor));
    });
    this.#effects?.onDispatches(dispatches);
  }

  /** A fresh snapshot: after it, `position` is the cursor, also where that is lower than before (E8). */
  reset(snapshot: Ready, position: number): void {
    this.change((draft) => applySnapshot(this.#context(draft, position), snapshot));
  }

  setConnection(connection: ConnectionState): void {
    this.change((draft) => draft.set('connection', connection));
  }

  /** What this client says of its own presence, now and after every snapshot. */
  setPresence(presence: PresenceChange): void {
    this.ledger.presence = presence;
    this.change((draft) => showOwnPresence(this.#context(draft, draft.state.cursor)));
  }

  /** Somebody signed out: nothing of them stays. */
  clear(): void {
    this.ledger.reset(0);
    this.ledger.presence = null;
    this.ledger.confirmed.clear();
    this.ledger.notFollowing.clear();
    this.change((draft) => {
      const { connection } = draft.state;
      for (const key of Object.keys(EMPTY_STATE) as (keyof State)[]) draft.set(key, EMPTY_STATE[key]);
      draft.set('connection', connection);
    });
  }

  /** Folds something that was fetched and is true at `position` (E6). */
  applyAt<T>(position: number, fold: (context: FoldContext) => T): T {
    return this.change((draft) => fold(this.#context(draft, position)));
  }

  /** One change of the state, whatever it is made of. */
  change<T>(make: (draft: Draft) => T): T {
    const draft = new Draft(this.#state);
    const result = make(draft);
    const context = this.#context(draft, draft.state.cursor);
    settleConfirmed(context);
    this.ledger.log.passed(draft.state.cursor);
    this.#watchTyping(expireTyping(context));
    const next = draft.finish();
    const changed = next !== this.#state;
    this.#state = next;
    this.#tell(changed);
    return result;
  }

  /** Resolves when everything up to `position` is folded; false when that took longer than `timeout` ms. */
  reached(position: number, timeout: number): Promise<boolean> {
    if (this.#state.cursor >= position) return Promise.resolve(true);
    return new Promise((resolve) => {
      const waiter = { position, done: () => finish(true) };
      const finish = (inTime: boolean): void => {
        clearTimeout(timer);
        this.#cursorWaiters = this.#cursorWaiters.filter((one) => one !== waiter);
        resolve(inTime);
      };
      const timer = setTimeout(() => finish(false), timeout);
      this.#cursorWaiters.push(waiter);
    });
  }

  close(): void {
    clearTimeout(this.#typingTimer);
    this.#listeners.clear();
  }

  /** A body that does not fit is a bug of one end: it is reported, and the events after it still count. */
  #fold(draft: Draft, dispatch: Dispatch): void {
    try {
      foldDispatch(this.#context(draft, dispatch.position ?? draft.state.cursor), dispatch);
    } catch (error) {
      this.#options.onError(new Error(`could not fold ${dispatch.t}`, { cause: error }));
    }
  }

  #context(draft: Draft, position: number): FoldContext {
    return { draft, ledger: this.ledger, position, now: this.#options.now() };
  }

  #tell(changed: boolean): void {
    const settled = this.ledger.takeSettled();
    if (settled.length > 0) this.#effects?.onSettled(settled);
    if (changed) for (const listener of [...this.#listeners]) this.#callListener(listener);
    for (const waiter of [...this.#cursorWaiters]) if (waiter.position <= this.#state.cursor) waiter.done();
    const wanted = this.ledger.takeWanted();
    if (Object.values(wanted).some((wish) => wish.size > 0)) this.#effects?.onWanted(wanted);
  }

  #callListener(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #watchTyping(next: number | null): void {
    clearTimeout(this.#typingTimer);
    if (next === null) return;
    this.#typingTimer = setTimeout(() => this.change(() => undefined), Math.max(0, next - this.#options.now()) + 1);
  }
}
