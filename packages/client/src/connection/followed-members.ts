import type { Id } from '@snug/protocol';
import type { MemberRequest } from './connection-api.ts';

/** Servers whose member list is followed at once. */
const MOST = 3;
/** A group that joins together is asked for once, after this many ms. */
const CALM_MS = 150;

/**
 * Which members are shown, of the servers that were looked at last. An answer is as of its moment, and brings presence of
 * those it names and of nobody else (GW12): so it is asked for again when a connection is made anew, and when somebody
 * comes or goes.
 */
export class FollowedMembers {
  readonly #ask: (serverId: Id, request: MemberRequest) => void;
  readonly #requests = new Map<Id, MemberRequest>();
  readonly #timers = new Map<Id, ReturnType<typeof setTimeout>>();

  constructor(ask: (serverId: Id, request: MemberRequest) => void) {
    this.#ask = ask;
  }

  request(serverId: Id, request: MemberRequest): void {
    this.#requests.delete(serverId);
    this.#requests.set(serverId, request);
    for (const oldest of [...this.#requests.keys()].slice(0, -MOST)) this.#requests.delete(oldest);
    this.#ask(serverId, request);
  }

  askAgain(): void {
    for (const [serverId, request] of this.#requests) this.#ask(serverId, request);
  }

  /** A snapshot takes the lists away, and they grow from the top only. */
  startOver(): void {
    for (const [serverId, { offset: _, ...request }] of this.#requests) this.#requests.set(serverId, request);
  }

  /** Somebody came to this server, or went. */
  changed(serverId: Id): void {
    if (!this.#requests.has(serverId)) return;
    clearTimeout(this.#timers.get(serverId));
    const ask = (): void => {
      this.#timers.delete(serverId);
      const request = this.#requests.get(serverId);
      if (request !== undefined) this.#ask(serverId, request);
    };
    this.#timers.set(serverId, setTimeout(ask, CALM_MS));
  }

  forget(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#requests.clear();
  }
}
