/** Invites to the instance, for its administrators. */
import type { Handlers, RouteParts } from './handlers.ts';

export function inviteHandlers({
  invites,
}: RouteParts): Handlers<'auth.create_invite' | 'auth.list_invites' | 'auth.revoke_invite'> {
  return {
    'auth.create_invite': async (params, call, claims) =>
      invites.create({ ...params, created_by: claims.sub }, call.traceId),
    'auth.list_invites': async () => invites.list(),
    'auth.revoke_invite': async ({ invite_id }, call, claims) => {
      await invites.revoke(invite_id, claims.sub, call.traceId);
      return null;
    },
  };
}
