/** Access tokens: short-lived JWTs that say who somebody is (E31). Anybody with the JWKS can verify them. */
import { AccessClaims, Refusal } from '@snug/protocol';
import { errors, jwtVerify, SignJWT } from 'jose';
import { SIGNING_ALGORITHMS } from '../auth-settings.ts';
import type { SigningKeys } from './signing-keys.ts';

/** RFC 9068: keeps an access token apart from every other JWT that these keys sign. */
const TYPE = 'at+jwt';
const MAX_TOKEN_CHARS = 4096;

export interface AccessTokensOptions {
  keys: SigningKeys;
  issuer: string;
  /** Seconds. */
  ttl: number;
  /** ms since 1970. */
  now: () => number;
}

export class AccessTokens {
  readonly #options: AccessTokensOptions;

  constructor(options: AccessTokensOptions) {
    this.#options = options;
  }

  /** Signs a token that lives for the configured time from now. */
  async issue(who: Pick<AccessClaims, 'sub' | 'sid' | 'username' | 'name' | 'admin'>): Promise<string> {
    const { keys, issuer, ttl, now } = this.#options;
    const { kid, algorithm, key } = keys.signing;
    const iat = Math.floor(now() / 1000);
    const claims: AccessClaims = { iss: issuer, ...who, iat, exp: iat + ttl };
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: algorithm, kid, typ: TYPE }).sign(key);
  }

  /** @throws Refusal TOKEN_EXPIRED, TOKEN_INVALID */
  async verify(token: string): Promise<AccessClaims> {
    if (token.length > MAX_TOKEN_CHARS) throw new Refusal('TOKEN_INVALID');
    const { keys, issuer, now } = this.#options;
    try {
      const { payload } = await jwtVerify(
        token,
        ({ kid, alg }) => {
          const found = keys.verifying(kid);
          // The key says the algorithm, never the token.
          if (found === undefined || found.algorithm !== alg) throw new errors.JWKSNoMatchingKey();
          return found.key;
        },
        { issuer, typ: TYPE, algorithms: [...SIGNING_ALGORITHMS], currentDate: new Date(now()) },
      );
      const claims = AccessClaims.safeParse(payload);
      if (!claims.success) throw new Refusal('TOKEN_INVALID');
      return claims.data;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Refusal('TOKEN_EXPIRED');
      if (error instanceof errors.JOSEError) throw new Refusal('TOKEN_INVALID');
      throw error;
    }
  }
}
