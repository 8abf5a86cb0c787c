import { Refusal } from '@snug/protocol';

const SCHEME = /^bearer(?: +|$)/i;
/** RFC 6750's b64token. */
const TOKEN = /^[\w.~+/=-]{1,4096}$/;

/**
 * The token of an Authorization header; null when there is none, or it is of another scheme.
 * @throws Refusal TOKEN_INVALID for what cannot be one
 */
export function bearerToken(header: string | undefined): string | null {
  if (header === undefined || !SCHEME.test(header)) return null;
  const token = header.replace(SCHEME, '');
  if (!TOKEN.test(token)) throw new Refusal('TOKEN_INVALID');
  return token;
}
