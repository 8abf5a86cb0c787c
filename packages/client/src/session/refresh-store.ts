import type { ClientStorage } from '../storage/client-storage.ts';

/**
 * What of a session survives a reload. With cookies that is nothing: the browser keeps the refresh token where scripts
 * cannot read it. Either way it remembers a sign-out that could not reach the server, to finish it before anything else.
 */
export class RefreshStore {
  readonly #storage: ClientStorage;
  readonly #tokenKey: string;
  readonly #logoutKey: string;

  constructor(storage: ClientStorage, url: string) {
    this.#storage = storage;
    this.#tokenKey = `snug:${url}:refresh_token`;
    this.#logoutKey = `snug:${url}:logout`;
  }

  token(): Promise<string | null> {
    return this.#storage.get(this.#tokenKey);
  }

  async keepToken(token: string): Promise<void> {
    await this.#storage.set(this.#tokenKey, token);
  }

  async dropToken(): Promise<void> {
    await this.#storage.delete(this.#tokenKey);
  }

  async owesLogout(): Promise<boolean> {
    return (await this.#storage.get(this.#logoutKey)) !== null;
  }

  async setOwesLogout(owes: boolean): Promise<void> {
    if (owes) await this.#storage.set(this.#logoutKey, '1');
    else await this.#storage.delete(this.#logoutKey);
  }
}
