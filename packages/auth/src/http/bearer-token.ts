import { Refusal } from '@snug/protocol';

const BEARER = /^Bearer +([^\s]+)$/i;

/**
 * The token of an Authorization header.
 * @throws Refusal NOT_SIGNED_IN when there is none, or it is of another scheme
 */
export function bearerToken(header: string | undefined): string {
  const token = header === undefined ? undefined : BEARER.exec(header)?.[1];
  if (token === undefined) throw new Refusal('NOT_SIGNED_IN');
  return token;
}
