/** Your account, your sessions, your password. */
import type { AccessClaims, AccountWithProfile, CommandParams, User } from '@snug/protocol';
import { toAccount } from '../accounts/to-account.ts';
import type { StoredAccount } from '../store/auth-store.ts';
import { callerOf, type Handlers, type RouteParts } from './handlers.ts';
import { clearRefreshCookie, readRefreshCookie } from './refresh-cookie.ts';

type AccountCommand =
  | 'auth.me'
  | 'auth.update_me'
  | 'auth.change_password'
  | 'auth.reset_password'
  | 'auth.delete_account'
  | 'auth.sessions'
  | 'auth.revoke_session'
  | 'auth.ticket';

export function accountHandlers(parts: RouteParts): Handlers<AccountCommand> {
  const { accounts, sessions, tickets, resets, limits, profile } = parts;
  return {
    'auth.me': async (_params, _call, claims) =>
      withProfile(await accounts.account(claims.sub), await profile.get(claims.sub)),
    'auth.update_me': async (params, _call, claims) => updateMe(parts, params, claims),
    'auth.change_password': async (params, call, claims) => {
      await accounts.changePassword(claims, params, callerOf(call));
      return null;
    },
    'auth.reset_password': async (params, call) => {
      await resets.use(params, callerOf(call));
      return null;
    },
    'auth.delete_account': async (params, call, claims) => {
      await accounts.deleteOwn(claims, params, profile, callerOf(call));
      if (readRefreshCookie(call) !== undefined) clearRefreshCookie(call);
      return null;
    },
    'auth.sessions': async (_params, _call, claims) => sessions.list(claims),
    'auth.revoke_session': async ({ session_id }, call, claims) => {
      await sessions.revoke(session_id, claims, callerOf(call));
      return null;
    },
    'auth.ticket': async (_params, _call, claims) => {
      limits.ticket_by_session.take(claims.sid);
      return tickets.issue(claims);
    },
  };
}

/**
 * Two owners, so two steps (E31): auth's part first, because it is the one that refuses (a name that is taken). If
 * chat then refuses the profile, the account has changed, and the answer is chat's refusal.
 */
async function updateMe(
  { accounts, profile }: RouteParts,
  params: CommandParams<'auth.update_me'>,
  claims: AccessClaims,
): Promise<AccountWithProfile> {
  const account = await accounts.update(claims, params);
  const { username: _username, email: _email, password: _password, ...patch } = params;
  if (Object.keys(patch).length === 0) return withProfile(account, await profile.get(claims.sub));
  const current = { ...claims, username: account.username, name: account.display_name };
  return withProfile(account, await profile.update(current, patch));
}

/** Each side is right about what it owns: chat hears of a new username a moment later, auth never of a new display name. */
function withProfile(stored: StoredAccount, profile: User | null): AccountWithProfile {
  const account = toAccount(stored);
  if (profile === null) return { ...account, profile };
  return {
    ...account,
    display_name: profile.display_name,
    profile: { ...profile, username: account.username },
  };
}
