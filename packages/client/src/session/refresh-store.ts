import type { ClientStorage } from '../storage/client-storage.ts';

/**
 * What of a session survives a reload. With cookies that is nothing: the browser keeps the refresh token where scripts
 * cannot read it. Either way it remembers a sign-out that could not reach the server, to finish it before anything else.
 *
 * Storage that fails (a private window, a full disk) is reported and makes the session end with the page, no sooner.
 */
export class RefreshStore {
  readonly #storage: ClientStorage;
  readonly #onError: (error: unknown) => void;
  readonly #tokenKey: string;
  readonly #logoutKey: string;
  /** What storage did not take. */
  readonly #unkept = new Map<string, string>();

  constructor(storage: ClientStorage, url: string, onError: (error: unknown) => void) {
    this.#storage = storage;
    this.#onError = onError;
    this.#tokenKey = `snug:${url}:refresh_token`;
    this.#logoutKey = `snug:${url}:logout`;
  }

  token(): Promise<string | null> {
    return this.#get(this.#tokenKey);
  }

  keepToken(token: string): Promise<void> {
    return this.#set(this.#tokenKey, token);
  }

  dropToken(): Promise<void> {
    return this.#delete(this.#tokenKey);
  }

  async owesLogout(): Promise<boolean> {
    return (await this.#get(this.#logoutKey)) !== null;
  }

  async setOwesLogout(owes: boolean): Promise<void> {
    if (owes) await this.#set(this.#logoutKey, '1');
    else await this.#delete(this.#logoutKey);
  }

  async #get(key: string): Promise<string | null> {
    const unkept = this.#unkept.get(key);
    if (unkept !== undefined) return unkept;
    try {
      return await this.#storage.get(key);
    } catch (error) {
      this.#onError(error);
      return null;
    }
  }

  async #set(key: string, value: string): Promise<void> {
    this.#unkept.delete(key);
    try {
      await this.#storage.set(key, value);
    } catch (error) {
      this.#unkept.set(key, value);
      this.#onError(error);
    }
  }

  async #delete(key: string): Promise<void> {
    this.#unkept.delete(key);
    try {
      await this.#storage.delete(key);
    } catch (error) {
      this.#onError(error);
    }
  }
}
