/** Who a token speaks for. */
import type { AccessClaims, Id } from '@snug/protocol';
import type { Actor } from './handler.ts';

export function actorFrom(claims: AccessClaims, trace: string): Actor {
  return { userId: claims.sub, claims, isAdmin: claims.admin === true, trace };
}

/** A connection lives longer than what its token said about administering the instance. */
export function asOfNow(actor: Actor, auth: { isAdmin(userId: Id): boolean }): Actor {
  const isAdmin = auth.isAdmin(actor.userId);
  return isAdmin === actor.isAdmin ? actor : { ...actor, isAdmin };
}
