import { bearerToken as tokenOf } from '@snug/edge';
import { Refusal } from '@snug/protocol';

/**
 * The token of an Authorization header, where there has to be one.
 * @throws Refusal NOT_SIGNED_IN when there is none, or it is of another scheme; TOKEN_INVALID when it cannot be one
 */
export function bearerToken(header: string | undefined): string {
  const token = tokenOf(header);
  if (token === null) throw new Refusal('NOT_SIGNED_IN');
  return token;
}
