import type { Account, CommandInput } from '@snug/protocol';
import type { SnugError } from '../rest/snug-error.ts';

/**
 * Why nobody is signed in: `none` (nobody was), `logged_out` (asked for), `expired` (the refresh token ended),
 * `revoked` (ended from elsewhere), `closed` (the account is suspended or gone).
 */
export type SignedOutReason = 'none' | 'logged_out' | 'expired' | 'revoked' | 'closed';

export type SessionState =
  | { readonly status: 'signed_out'; readonly reason: SignedOutReason }
  /** The refresh token is being redeemed. Being offline keeps this state, with `error`, and tries again. */
  | { readonly status: 'restoring'; readonly error: SnugError | null }
  | { readonly status: 'signed_in'; readonly account: Account; readonly sessionId: string };

export type Registration = Omit<CommandInput<'auth.register'>, 'token_delivery'>;
export type Credentials = Omit<CommandInput<'auth.login'>, 'token_delivery'>;

/** Who is signed in. The access token lives in memory only (E34). */
export interface SessionApi {
  readonly state: SessionState;
  /** Makes an account and signs in. Throws SnugError: USERNAME_TAKEN, INVITE_REQUIRED, ... */
  register(registration: Registration): Promise<Account>;
  /** Throws SnugError: BAD_CREDENTIALS, ACCOUNT_SUSPENDED, RATE_LIMITED, ... */
  login(credentials: Credentials): Promise<Account>;
  /**
   * Signs in again with the cookie, or the stored token. Resolves with the state once it is known: `signed_in`, or
   * `signed_out`. While the server cannot be reached it stays `restoring` and keeps trying.
   */
  restore(): Promise<SessionState>;
  /** Ends the session here and on the server. When that cannot be reached, it ends here and the error is thrown. */
  logout(): Promise<void>;
  /** A token that is good for at least some seconds; refreshes first if needed. Throws SnugError NOT_SIGNED_IN. */
  accessToken(): Promise<string>;
  /** Called with every change of `state`. Returns the way to unsubscribe. Needs no `this`. */
  readonly subscribe: (listener: () => void) => () => void;
}
