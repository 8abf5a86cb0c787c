/**
 * Refresh tokens: `<session id>.<secret><tag>`, opaque to clients.
 *
 * The secret is 256 bits; auth.db keeps its SHA-256 only, for the current and the previous token of a session. The tag
 * says that we made it: so a retired token is known for what it is without keeping a row for each one ever made (a tab
 * makes 96 a day), and a guess can end nobody's session.
 *
 * The successor is derived from the secret and a random salt that lives for one step. Two tabs that refresh with the
 * same token therefore get the same successor, and a lost answer can be asked for again (E33); and auth.db without the
 * token gives no successor away. The road not taken is a random successor for each use: then one of two tabs would
 * later be taken for a thief.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Id, isId } from '@snug/protocol';
import { tokenHash } from './token-hash.ts';

const SECRET_BYTES = 32;
const TAG_BYTES = 16;
const ID_CHARS = 26;
const TOKEN_CHARS = ID_CHARS + 1 + ((SECRET_BYTES + TAG_BYTES) * 4) / 3;

export interface RefreshToken {
  session_id: Id;
  secret: Buffer;
}

export class RefreshTokens {
  readonly #key: Buffer;

  /** @param key the instance's own, base64url; the same after a restart, or everybody is signed out */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64url');
  }

  /** The first of a session. */
  first(sessionId: Id, random: (bytes: number) => Buffer): RefreshToken {
    return { session_id: sessionId, secret: random(SECRET_BYTES) };
  }

  /** What follows a token, given the salt of the step. */
  successor(token: RefreshToken, salt: string): RefreshToken {
    const secret = createHmac('sha256', Buffer.from(salt, 'base64url')).update(token.secret).digest();
    return { session_id: token.session_id, secret };
  }

  /** What auth.db keeps of it. */
  hash(token: RefreshToken): string {
    return tokenHash(token.secret.toString('base64url'));
  }

  format(token: RefreshToken): string {
    const secret = Buffer.concat([token.secret, this.#tag(token)]);
    return `${token.session_id}.${secret.toString('base64url')}`;
  }

  /** Null when it is not one of ours, whatever it is. */
  parse(text: string): RefreshToken | null {
    const sessionId = text.slice(0, ID_CHARS);
    if (text.length !== TOKEN_CHARS || text[ID_CHARS] !== '.' || !isId(sessionId)) return null;
    const bytes = Buffer.from(text.slice(ID_CHARS + 1), 'base64url');
    if (bytes.length !== SECRET_BYTES + TAG_BYTES) return null;
    const token = { session_id: sessionId, secret: bytes.subarray(0, SECRET_BYTES) };
    return timingSafeEqual(bytes.subarray(SECRET_BYTES), this.#tag(token)) ? token : null;
  }

  #tag(token: RefreshToken): Buffer {
    const mac = createHmac('sha256', this.#key).update(token.session_id).update(token.secret).digest();
    return mac.subarray(0, TAG_BYTES);
  }
}
