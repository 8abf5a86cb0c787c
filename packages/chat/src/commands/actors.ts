import { addressKey } from '@snug/edge';
import type { AccessClaims } from '@snug/protocol';
import type { Actor } from './handler.ts';

/**
 * Who a token speaks for. Whether they administer the instance is as auth says at this moment; when that changes, every
 * live connection of theirs starts again (ADMIN_CHANGED), and with it their actor.
 */
export function actorFrom(claims: AccessClaims, trace: string, address?: string): Actor {
  const isAdmin = claims.admin === true;
  return {
    userId: claims.sub,
    claims,
    isAdmin,
    trace,
    ...(address === undefined ? {} : { address: addressKey(address) }),
  };
}
