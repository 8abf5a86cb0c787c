import type { Account, SignedIn } from '@snug/protocol';
import { BackOff } from '../connection/back-off.ts';
import { Pause } from '../connection/pause.ts';
import type { Rest } from '../rest/rest.ts';
import { SnugError } from '../rest/snug-error.ts';
import type { ClientStorage } from '../storage/client-storage.ts';
import type { Locks } from './locks.ts';
import { RefreshStore } from './refresh-store.ts';
import type { Credentials, Registration, SessionApi, SessionState, SignedOutReason } from './session-api.ts';

export interface SessionOptions {
  readonly url: string;
  readonly rest: Rest;
  readonly storage: ClientStorage;
  readonly tokens: 'cookie' | 'body';
  readonly locks: Locks | null;
  readonly now: () => number;
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
}

interface AccessToken {
  readonly value: string;
  /** ms since 1970, by this device's clock. */
  readonly expiresAt: number;
}

/** A token this close to its end is not given out: the request would arrive after it. */
const MARGIN = 5_000;

/** Signs in and stays signed in (E33, E34). */
export class Session implements SessionApi {
  readonly #options: SessionOptions;
  readonly #kept: RefreshStore;
  readonly #listeners = new Set<() => void>();
  readonly #tokenListeners = new Set<(token: string) => void>();
  readonly #pause = new Pause();
  #state: SessionState = { status: 'signed_out', reason: 'none' };
  #token: AccessToken | null = null;
  #refreshing: Promise<void> | null = null;
  #restoring: Promise<SessionState> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#kept = new RefreshStore(options.storage, options.url, options.onError);
  }

  get state(): SessionState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Each new access token: the live connection is renewed with it (E32). */
  onToken(listener: (token: string) => void): () => void {
    this.#tokenListeners.add(listener);
    return () => {
      this.#tokenListeners.delete(listener);
    };
  }

  async register(registration: Registration): Promise<Account> {
    const params = { ...registration, token_delivery: this.#options.tokens };
    const { result } = await this.#options.rest.command('auth.register', params, { token: null });
    await this.#accept(result);
    return result.user;
  }

  async login(credentials: Credentials): Promise<Account> {
    const params = { ...credentials, token_delivery: this.#options.tokens };
    const { result } = await this.#options.rest.command('auth.login', params, { token: null });
    await this.#accept(result);
    return result.user;
  }

  restore(): Promise<SessionState> {
    if (this.#state.status === 'signed_in') return Promise.resolve(this.#state);
    this.#restoring ??= this.#restore().finally(() => {
      this.#restoring = null;
    });
    return this.#restoring;
  }

  async logout(): Promise<void> {
    // Owed until it is done: a page that is gone before the answer must not come back signed in.
    await this.#kept.setOwesLogout(true);
    const refresh = await this.#kept.token();
    await this.end('logged_out', 'keep');
    await this.#payLogout(refresh);
  }

  async accessToken(): Promise<string> {
    if (this.#state.status === 'signed_out') throw new SnugError('NOT_SIGNED_IN');
    if (this.#token === null || this.#token.expiresAt - MARGIN <= this.#options.now()) await this.refresh();
    return this.#value();
  }

  /** A token other than this one, which the server has refused. */
  async replaceToken(refused: string): Promise<string> {
    if (this.#token === null || this.#token.value === refused) await this.refresh();
    return this.#value();
  }

  /** One refresh at a time: here by sharing the promise, among tabs by a lock (CONN4). */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#underLock(() => this.#refresh()).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** The session is over, here. */
  async end(reason: SignedOutReason, token: 'drop' | 'keep' = 'drop'): Promise<void> {
    clearTimeout(this.#timer);
    this.#token = null;
    this.#setState({ status: 'signed_out', reason });
    if (token === 'drop') await this.#kept.dropToken();
  }

  /** Tries at once what waits for the network. */
  retryNow(): void {
    this.#pause.wake();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#pause.wake();
    this.#listeners.clear();
    this.#tokenListeners.clear();
  }

  async #restore(): Promise<SessionState> {
    const backOff = new BackOff(this.#options.random, 1_000);
    this.#setState({ status: 'restoring', error: null });
    while (!this.#closed && this.#state.status === 'restoring') {
      try {
        await this.refresh();
      } catch (error) {
        if (!(error instanceof SnugError)) throw error;
        if (this.#state.status !== 'restoring') break;
        this.#setState({ status: 'restoring', error });
        await this.#pause.wait(Math.max((error.retryAfter ?? 0) * 1000, backOff.next()));
      }
    }
    return this.#state;
  }

  /** Resolves when there is a new token or the session has ended; throws what may pass. */
  async #refresh(): Promise<void> {
    const kept = await this.#kept.token();
    if (await this.#kept.owesLogout()) {
      await this.#payLogout(kept);
      await this.end('logged_out');
      return;
    }
    if (this.#options.tokens === 'body' && kept === null) return this.end('none');
    const hadSession = kept !== null || this.#state.status === 'signed_in';
    try {
      const params = this.#options.tokens === 'body' && kept !== null ? { refresh_token: kept } : {};
      const { result } = await this.#options.rest.command('auth.refresh', params, { token: null });
      if (this.#state.status !== 'signed_out') await this.#accept(result);
    } catch (error) {
      if (!(error instanceof SnugError) || error.shouldRetry || error.code === 'ABORTED') throw error;
      if (error.code === 'ACCOUNT_SUSPENDED') await this.end('closed');
      else if (error.needsSignIn) await this.end(hadSession ? 'expired' : 'none');
      else throw error;
    }
  }

  async #payLogout(refreshToken: string | null): Promise<void> {
    const params = refreshToken === null ? {} : { refresh_token: refreshToken };
    try {
      await this.#options.rest.command('auth.logout', params, { token: null });
    } catch (error) {
      // Refused for good: there is nothing left to end. Anything else stays owed.
      if (!(error instanceof SnugError) || error.shouldRetry) throw error;
    }
    await this.#kept.dropToken();
    await this.#kept.setOwesLogout(false);
  }

  async #accept(signedIn: SignedIn): Promise<void> {
    const { now, tokens } = this.#options;
    const life = signedIn.expires_in * 1000;
    this.#token = { value: signedIn.access_token, expiresAt: now() + life };
    if (tokens === 'body' && signedIn.refresh_token !== undefined) await this.#kept.keepToken(signedIn.refresh_token);
    await this.#kept.setOwesLogout(false);
    this.#planRefresh(life);
    const { user: account, session_id: sessionId } = signedIn;
    this.#setState({ status: 'signed_in', account, sessionId });
    for (const listener of [...this.#tokenListeners]) listener(signedIn.access_token);
  }

  /** At about 80 % of the token's life; earlier or later by chance, so that tabs do not meet. */
  #planRefresh(life: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#refreshAhead(), life * (0.75 + this.#options.random() * 0.1));
  }

  async #refreshAhead(): Promise<void> {
    const backOff = new BackOff(this.#options.random, 1_000);
    while (!this.#closed && this.#state.status === 'signed_in') {
      try {
        await this.refresh();
        return;
      } catch (error) {
        // Being offline is no news: the connection says so. The token is fetched again until that works.
        if (!(error instanceof SnugError)) this.#options.onError(error);
        const retryAfter = error instanceof SnugError ? (error.retryAfter ?? 0) : 0;
        await this.#pause.wait(Math.max(retryAfter * 1000, 1_000 + backOff.next()));
      }
    }
  }

  #underLock(work: () => Promise<void>): Promise<void> {
    const { locks, url } = this.#options;
    return locks === null ? work() : locks.request(`snug:${url}:refresh`, {}, work);
  }

  #value(): string {
    if (this.#token === null) throw new SnugError('NOT_SIGNED_IN');
    return this.#token.value;
  }

  #setState(state: SessionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}
