/**
 * The port to auth's database. Every method is one transaction: whatever must hold exactly (a free name, an invite's
 * last use, one successor a refresh token) is decided inside it. All are asynchronous, because an fsync must never
 * hold the event loop (E10, E14). Times are ms since 1970; hashes are SHA-256 in base64url.
 */
import type { FeedEntry, Id, RegistrationMode } from '@snug/protocol';
import type { SigningAlgorithm } from '../auth-settings.ts';
import type { Act, AdminMethods } from './admin-store.ts';

export interface StoredAccount {
  id: Id;
  username: string;
  email: string | null;
  display_name: string;
  /** PHC string; null for an account that cannot sign in by password. */
  password_hash: string | null;
  is_admin: boolean;
  suspended: boolean;
  /** Its names, addresses and password are blank, and nobody can sign in to it. */
  deleted: boolean;
  created_at: number;
  last_seen_at: number | null;
}

/** Names as typed, and folded for comparison (E11). */
export interface NewAccount extends Omit<StoredAccount, 'suspended' | 'deleted' | 'last_seen_at'> {
  username_key: string;
  email_key: string | null;
}

export interface StoredSession {
  id: Id;
  user_id: Id;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
  user_agent: string;
  address: string;
}

export interface NewSession extends StoredSession {
  /** Hash of the secret of the refresh token given out with it. */
  refresh_hash: string;
  /** When the last access token given out for it ends. */
  access_until: number;
}

/** How somebody means to get in. */
export interface Admission {
  /** What the settings say; what an administrator chose instead is asked for inside the transaction. */
  configured: RegistrationMode;
  /** Hash of the invite, registration ticket or first-start token they hold. */
  invite_hash: string | null;
  at: number;
}

export type Redeemed = { kind: 'none' | 'first_start' | 'server_invite' } | { kind: 'instance_invite'; invite_id: Id };

export interface Rotation {
  session_id: Id;
  /** Hash of the secret that was presented. */
  presented: string;
  /** Used if the presented token is the current one; ignored if it is the previous one. */
  fresh: { salt: string; refresh_hash: string };
  at: number;
  expires_at: number;
  access_until: number;
}

/** `salt` is what the successor is derived with: the same for every use of the same token (E33). */
export type Rotated =
  | { outcome: 'rotated'; account: StoredAccount; salt: string }
  | { outcome: 'unknown' }
  | { outcome: 'suspended' }
  | { outcome: 'reused'; user_id: Id };

export interface StoredInvite {
  id: Id;
  note: string;
  max_uses: number;
  uses: number;
  expires_at: number | null;
  created_at: number;
  created_by: Id | null;
  redeemed_by: Id[];
  revoked_at: number | null;
}

export type NewInvite = Omit<StoredInvite, 'uses' | 'redeemed_by' | 'revoked_at'> & { token_hash: string };

export interface RegistrationTicket {
  code_hash: string;
  /** 0 is without end. */
  max_uses: number;
  expires_at: number | null;
  created_by: Id;
  created_at: number;
}

export interface StoredKey {
  kid: string;
  algorithm: SigningAlgorithm;
  /** JWK as JSON. */
  private_jwk: string;
  public_jwk: string;
  created_at: number;
  retired_at: number | null;
}

/** What the process keeps in memory from the start. */
export interface StartState {
  /** Authenticates refresh tokens; made once. base64url. */
  refresh_key: string;
  has_admin: boolean;
  revoked: { session_id: Id; until: number }[];
  suspended: Id[];
  admins: Id[];
  registration: RegistrationMode | null;
  /** When the last access token ever given out for a living session ends. */
  longest_access: number;
  /** The newest ids, so that the id clock never falls behind them (E20). */
  newest_ids: Id[];
}

export interface AccountChange {
  user_id: Id;
  username?: { name: string; key: string };
  email?: { address: string; key: string } | null;
  display_name?: string;
  /** The hash that was proven, where the change needs the password: another one by now is BAD_CREDENTIALS. */
  password_hash?: string;
  at: number;
}

export interface PasswordChange {
  user_id: Id;
  hash: string;
  previous: string | null;
  keep: Id;
  at: number;
}

export interface StoreMethods extends AdminMethods {
  /** `refresh_key` is kept only if there is none yet. */
  start(candidate: { refresh_key: string; at: number }): Promise<StartState>;
  /** Drops what time has ended: sessions, revocations nobody needs, retired keys. */
  sweep(at: number, retiredBefore: number): Promise<void>;

  keys(): Promise<StoredKey[]>;
  /** The new key signs from now on; the others only verify. */
  addKey(key: StoredKey): Promise<void>;

  /** Refuses as `register` would, before anything expensive is done. */
  admit(admission: Admission, names: { username_key: string; email_key: string | null }): Promise<void>;
  register(
    account: NewAccount,
    session: NewSession,
    admission: Admission,
    /** Recorded if the account administers the instance. */
    act: Act,
  ): Promise<{ account: StoredAccount; redeemed: Redeemed }>;
  addAccount(account: NewAccount, act: Act): Promise<StoredAccount>;
  account(userId: Id): Promise<StoredAccount | null>;
  accountByUsername(key: string): Promise<StoredAccount | null>;
  accountByEmail(key: string): Promise<StoredAccount | null>;
  updateAccount(change: AccountChange): Promise<StoredAccount>;
  setPasswordHash(userId: Id, hash: string, previous: string): Promise<void>;
  /** Ends every session of theirs but `keep`. @throws BAD_CREDENTIALS when `previous` is no longer the hash */
  changePassword(change: PasswordChange): Promise<void>;

  /**
   * @param proven the password hash that was checked; null when nobody was asked
   * @throws BAD_CREDENTIALS when that is no longer the hash, or the account is gone; ACCOUNT_SUSPENDED
   */
  openSession(session: NewSession, proven: string | null): Promise<void>;
  rotate(rotation: Rotation): Promise<Rotated>;
  sessions(userId: Id, at: number, limit: number): Promise<StoredSession[]>;
  /** Whose session it ended; null when there is no such session, or it is not that user's. */
  endSession(sessionId: Id, userId: Id | null, at: number): Promise<Id | null>;

  addInvite(invite: NewInvite, act: Act): Promise<StoredInvite>;
  invites(limit: number): Promise<StoredInvite[]>;
  revokeInvite(inviteId: Id, act: Act): Promise<boolean>;
  openRegistration(ticket: RegistrationTicket): Promise<void>;
  closeRegistration(codeHash: string): Promise<void>;
  opensRegistration(codeHash: string, at: number): Promise<boolean>;
  /** Replaces the first-start token; false (and none is kept) when an administrator exists. */
  setFirstStart(tokenHash: string, at: number): Promise<boolean>;

  feed(since: number, limit: number): Promise<{ entries: FeedEntry[]; head: number }>;
}

export interface AuthStore extends StoreMethods {
  /** Hears each entry once, in order, after its commit and before the method that caused it answers. */
  onFeed(listener: (entry: FeedEntry) => void): () => void;
  /** False once the database can no longer be reached; it does not come back without a restart. */
  isOpen(): boolean;
  close(): Promise<void>;
}

/** The same methods inside the thread that owns the database. */
export type SyncStore = {
  [K in keyof StoreMethods]: (...args: Parameters<StoreMethods[K]>) => Awaited<ReturnType<StoreMethods[K]>>;
};
