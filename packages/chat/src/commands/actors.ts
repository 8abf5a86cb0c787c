/** Who a token speaks for. */
import type { AccessClaims, Id } from '@snug/protocol';
import type { Actor } from './handler.ts';

export function actorFrom(claims: AccessClaims, trace: string, address?: string): Actor {
  const isAdmin = claims.admin === true;
  return { userId: claims.sub, claims, isAdmin, trace, ...(address === undefined ? {} : { address }) };
}

/** A connection lives longer than what its token said about administering the instance. */
export function asOfNow(actor: Actor, auth: { isAdmin(userId: Id): boolean }): Actor {
  const isAdmin = auth.isAdmin(actor.userId);
  return isAdmin === actor.isAdmin ? actor : { ...actor, isAdmin };
}
