/** One-use tickets of 30 seconds for clients that can set neither header nor cookie (E34). In memory: so short a life. */
import { type AccessClaims, Refusal } from '@snug/protocol';
import { tokenHash } from '../tokens/token-hash.ts';

export const TICKET_TTL_SECONDS = 30;
const CAPACITY = 10_000;
const TICKET_BYTES = 24;

export class Tickets {
  readonly #now: () => number;
  readonly #random: (bytes: number) => Buffer;
  /** Insertion order is the order of expiry, for all live equally long. */
  readonly #tickets = new Map<string, { claims: AccessClaims; until: number }>();

  constructor(now: () => number, random: (bytes: number) => Buffer) {
    this.#now = now;
    this.#random = random;
  }

  /** @throws Refusal OVERLOADED when too many wait to be redeemed */
  issue(claims: AccessClaims): { ticket: string; expires_in: number } {
    const now = this.#now();
    for (const [hash, { until }] of this.#tickets) {
      if (until > now) break;
      this.#tickets.delete(hash);
    }
    if (this.#tickets.size >= CAPACITY) throw new Refusal('OVERLOADED', { retry_after: TICKET_TTL_SECONDS });
    const ticket = this.#random(TICKET_BYTES).toString('base64url');
    this.#tickets.set(tokenHash(ticket), { claims, until: now + TICKET_TTL_SECONDS * 1000 });
    return { ticket, expires_in: TICKET_TTL_SECONDS };
  }

  /** @throws Refusal TOKEN_INVALID for a ticket that is unknown, used or too old */
  redeem(ticket: string): AccessClaims {
    const hash = tokenHash(ticket);
    const found = this.#tickets.get(hash);
    this.#tickets.delete(hash);
    if (found === undefined || found.until <= this.#now()) throw new Refusal('TOKEN_INVALID');
    return found.claims;
  }
}
