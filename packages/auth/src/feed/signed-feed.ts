/**
 * Auth's feed for those who run apart (E32): what changed about accounts and sessions, signed by the keys of the JWKS.
 *
 * A remote chat polls `GET /api/v1/auth/feed?since=<seq>` every 5 s. The answer is a compact JWS with header `typ`
 * `snug-feed+jwt` and the payload `{iss, iat, exp, since, head, entries}`: it verifies signature, `typ`, `iss`, `exp`
 * (one minute: an old answer must not be replayed to hide a revocation) and that `since` is what it asked for; applies
 * `entries` in order; and asks again from the last `seq`, at once while that is below `head`. On its very first poll it
 * starts at 0. Entries hold ids, times, the new username of a renamed account (until that account is deleted), whether
 * one administers, and what a deleted one wants done with its messages; nothing else: the endpoint asks for no credentials.
 */
import type { FeedEntry } from '@snug/protocol';
import { SignJWT } from 'jose';
import type { AuthStore } from '../store/auth-store.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';

export const FEED_TYPE = 'snug-feed+jwt';
export const FEED_PAGE = 500;
const LIFE_SECONDS = 60;

export interface SignedFeedOptions {
  store: AuthStore;
  keys: SigningKeys;
  issuer: string;
  now: () => number;
}

export interface FeedPage {
  since: number;
  /** The newest `seq` there is. */
  head: number;
  entries: FeedEntry[];
}

export class SignedFeed {
  readonly #options: SignedFeedOptions;

  constructor(options: SignedFeedOptions) {
    this.#options = options;
  }

  /** Up to 500 entries after `since`, as a compact JWS. */
  async read(since: number): Promise<string> {
    const { store, keys, issuer, now } = this.#options;
    const page: FeedPage = { since, ...(await store.feed(since, FEED_PAGE)) };
    const { kid, algorithm, key } = keys.signing;
    const iat = Math.floor(now() / 1000);
    return new SignJWT({ iss: issuer, iat, exp: iat + LIFE_SECONDS, ...page })
      .setProtectedHeader({ alg: algorithm, kid, typ: FEED_TYPE })
      .sign(key);
  }
}
