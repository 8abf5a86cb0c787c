/** What a handler is, and the parts that handlers stand on. */
import type { HttpCall } from '@snug/edge';
import type {
  AccessClaims,
  AuthCommandName,
  CommandParams,
  CommandResult,
  Id,
  ProfilePatch,
  User,
} from '@snug/protocol';
import type { z } from 'zod';
import type { Accounts } from '../accounts/accounts.ts';
import type { Administration } from '../admin/administration.ts';
import type { AuthSettings } from '../auth-settings.ts';
import type { Invites } from '../invites/invites.ts';
import type { PasswordResets } from '../passwords/password-resets.ts';
import type { RateLimits } from '../rate-limits.ts';
import { type Caller, USER_AGENT_MAX } from '../sessions/caller.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Tickets } from '../tickets/tickets.ts';

/** Chat's side of `/auth/me` (E31). */
export interface ProfilePort {
  /** The profile of an account; null when chat does not know the account yet. */
  get(userId: Id): Promise<User | null>;
  update(claims: AccessClaims, patch: z.output<typeof ProfilePatch>): Promise<User>;
  /** Asked before an account is deleted; whatever stands in the way is refused. @throws Refusal OWNS_SERVERS */
  mayDelete?(userId: Id): Promise<void>;
}

export interface RouteParts {
  settings: AuthSettings;
  accounts: Accounts;
  sessions: Sessions;
  invites: Invites;
  tickets: Tickets;
  resets: PasswordResets;
  admin: Administration;
  limits: RateLimits;
  profile: ProfilePort;
  verify: (token: string) => Promise<AccessClaims>;
}

type OpenCommand = 'auth.register' | 'auth.login' | 'auth.refresh' | 'auth.logout' | 'auth.reset_password';

/** `claims` is null for the commands that anyone may call. */
export type Handlers<N extends AuthCommandName> = {
  [K in N]: (
    params: CommandParams<K>,
    call: HttpCall,
    claims: K extends OpenCommand ? null : AccessClaims,
  ) => Promise<CommandResult<K>>;
};

export function callerOf(call: HttpCall): Caller {
  const userAgent = call.request.headers['user-agent'] ?? '';
  return {
    address: call.address,
    user_agent: userAgent.slice(0, USER_AGENT_MAX).toWellFormed(),
    trace_id: call.traceId,
  };
}
