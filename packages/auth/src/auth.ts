/** What the auth role offers the process it runs in. */
import type { AccessClaims, Account, FeedEntry, Id, InstanceInvite, RegistrationMode } from '@snug/protocol';
import type { AccountSeed } from './accounts/accounts.ts';
import type { Administration } from './admin/administration.ts';
import type { ProfilePort } from './http/handlers.ts';
import type { HttpApp } from './http/http-app.ts';
import type { InviteRequest, RegistrationOpening } from './invites/invites.ts';
import type { Caller } from './sessions/caller.ts';
import type { Grant } from './sessions/sessions.ts';

export interface Auth {
  /**
   * Who holds this access token. About 2 us for a token seen before (E32).
   * @throws Refusal TOKEN_INVALID, TOKEN_EXPIRED, SESSION_REVOKED, ACCOUNT_SUSPENDED
   */
  verify(token: string): Promise<AccessClaims>;
  /**
   * Who asked for this ticket; it works once, for 30 s (E34).
   * @throws Refusal TOKEN_INVALID, or what `verify` would say of the token it was made with
   */
  redeemTicket(ticket: string): Promise<AccessClaims>;
  /**
   * Hears what changed about accounts and sessions, synchronously after the commit and before whoever caused it is
   * answered (E32). `verify` refuses by then. Returns how to stop.
   */
  onFeed(listener: (entry: FeedEntry) => void): () => void;
  /**
   * What the feed said after that number, oldest first, at most 500 entries; `head` is the newest there is. An entry is
   * stored with what it tells of, so whoever keeps the number of the last one it acted on, and asks from there when it
   * starts, misses nothing that a crash took from `onFeed`.
   */
  feedSince(seq: number): Promise<{ entries: FeedEntry[]; head: number }>;
  /** Whether the account administers the instance at this moment, whatever its tokens say. */
  isAdmin(userId: Id): boolean;
  /** Who may make an account at this moment: the setting, or what an administrator chose instead. */
  registration(): RegistrationMode;
  /** Lets strangers register with a server's invite code (E35). Opening again changes the bounds and keeps the uses. */
  openRegistration(opening: RegistrationOpening): Promise<void>;
  closeRegistration(code: string): Promise<void>;
  /** Whether somebody could register with that code now. */
  opensRegistration(code: string): Promise<boolean>;
  /** Whether no administrator exists yet. */
  needsOwner(): boolean;
  /** A fresh one-time token that makes the first administrator, in place of the last one; null when there is one. */
  firstStartToken(): Promise<string | null>;
  /** @throws Refusal INVALID_PARAMS, USERNAME_TAKEN */
  createAdmin(username: string, password: string): Promise<Account>;
  /** For seeds: no rate limit. Without a password only `openSession` signs it in. @throws Refusal INVALID_PARAMS, USERNAME_TAKEN */
  createAccount(seed: AccountSeed): Promise<Account>;
  /** Signs an account in without its password, for seeds and benchmarks. @throws Refusal UNKNOWN_USER, ACCOUNT_SUSPENDED */
  openSession(userId: Id, caller?: Partial<Caller>): Promise<Grant>;
  /** The account of this name, whatever its case; null if there is none. */
  findAccount(username: string): Promise<Account | null>;
  /** What administrators do, for who acts from the command line or a test. */
  readonly admin: Administration;
  /** The token is in this answer and never again. */
  createInvite(request: InviteRequest): Promise<InstanceInvite>;
  /** From the command line. @throws Refusal INVITE_INVALID */
  revokeInvite(inviteId: Id): Promise<void>;
  /** Mounts auth's commands below `/api/v1`, `/.well-known/jwks.json` and the signed feed. */
  mount(app: HttpApp, profile: ProfilePort): void;
  /** Whether it can serve, for `/readyz`. */
  ready(): boolean;
  /** Answers what was asked, closes the database. */
  close(): Promise<void>;
}
