/** Administering the instance over REST. That the caller administers it was checked before these run. */
import type { HttpCall } from '@snug/edge';
import type { AccessClaims, AuthCommandName } from '@snug/protocol';
import type { By } from '../admin/administration.ts';
import type { Handlers, RouteParts } from './handlers.ts';

type AdminCommand = Extract<AuthCommandName, `admin.${string}`>;

export function adminHandlers({ admin, profile }: RouteParts): Handlers<AdminCommand> {
  return {
    'admin.list_users': async (params) => admin.listUsers(params),
    'admin.get_user': async ({ user_id }) => admin.getUser(user_id),
    'admin.suspend_user': async ({ user_id, reason }, call, claims) => admin.suspend(user_id, by(claims, call, reason)),
    'admin.restore_user': async ({ user_id, reason }, call, claims) => admin.restore(user_id, by(claims, call, reason)),
    'admin.set_admin': async ({ user_id, is_admin, reason }, call, claims) =>
      admin.setAdmin(user_id, is_admin, by(claims, call, reason)),
    'admin.reset_password': async ({ user_id, reason }, call, claims) =>
      admin.resetPassword(user_id, by(claims, call, reason)),
    'admin.delete_user': async ({ user_id, messages, reason }, call, claims) => {
      await admin.deleteUser(user_id, messages, by(claims, call, reason), profile);
      return null;
    },
    'admin.instance': async () => admin.instance(),
    'admin.update_instance': async ({ registration, reason }, call, claims) =>
      admin.updateInstance(registration, by(claims, call, reason)),
    'admin.audit': async (params) => admin.audit(params),
  };
}

function by(claims: AccessClaims, call: HttpCall, reason: string | undefined): By {
  return { actor_id: claims.sub, reason, trace_id: call.traceId };
}
