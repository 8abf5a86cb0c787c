import { COMMANDS, type CommandInput, type CommandName, type CommandResult, type CommandSpec } from '@snug/protocol';
import type { LiveConnection } from '../connection/live-connection.ts';
import type { Answer, Rest } from '../rest/rest.ts';
import { SnugError } from '../rest/snug-error.ts';
import type { Session } from '../session/session.ts';
import type { LiveStore } from '../store/live-store.ts';

/** How long `perform` waits for the store, in ms. */
const SETTLE_MS = 5_000;

/** Commands of whoever is signed in, by the way that is open. */
export class Caller {
  readonly #rest: Rest;
  readonly #session: Session;
  readonly #connection: LiveConnection;
  readonly #store: LiveStore;

  constructor(rest: Rest, session: Session, connection: LiveConnection, store: LiveStore) {
    this.#rest = rest;
    this.#session = session;
    this.#connection = connection;
    this.#store = store;
  }

  /** Over REST. A token that the server refuses is replaced once. */
  async call<N extends CommandName>(name: N, params: CommandInput<N>): Promise<Answer<CommandResult<N>>> {
    const token = await this.#token(name);
    const cursor = this.#store.getState().cursor;
    try {
      return await this.#rest.command(name, params, { token, cursor });
    } catch (error) {
      if (token === null || !(error instanceof SnugError) || !error.needsSignIn) throw error;
      if (error.code === 'SESSION_REVOKED') {
        await this.#session.end('revoked');
        throw error;
      }
      return this.#rest.command(name, params, { token: await this.#session.replaceToken(token), cursor });
    }
  }

  /** Over the WebSocket when one is open, over REST otherwise. */
  async request<N extends CommandName>(name: N, params: CommandInput<N>): Promise<Answer<CommandResult<N>>> {
    const live = (COMMANDS[name] as CommandSpec).over === 'http' ? null : this.#connection.request(name, params);
    if (live === null) return this.call(name, params);
    try {
      return (await live) as Answer<CommandResult<N>>;
    } catch (error) {
      // Refused for its token, so it did not run; REST gets a new one.
      if (error instanceof SnugError && error.needsSignIn) return this.call(name, params);
      throw error;
    }
  }

  /** As `request`; then waits until what it did is in the store. */
  async perform<N extends CommandName>(name: N, params: CommandInput<N>): Promise<CommandResult<N>> {
    const { result, position } = await this.request(name, params);
    if (position !== null && this.#connection.status === 'online') await this.#store.reached(position, SETTLE_MS);
    return result;
  }

  async #token(name: CommandName): Promise<string | null> {
    const { caller } = COMMANDS[name] as CommandSpec;
    if (caller === 'anyone' && this.#session.state.status !== 'signed_in') return null;
    return this.#session.accessToken();
  }
}
