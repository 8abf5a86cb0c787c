/** The part of the port that administrators use: their acts, each recorded in the transaction that does it. */
import type { AccountState, Id, InstanceAuditAction, MessageFate, RegistrationMode } from '@snug/protocol';
import type { StoredAccount } from './auth-store.ts';

/** Who does something that is recorded, and as what. */
export interface Act {
  /** Of its entry in the audit. */
  id: Id;
  at: number;
  /** Must administer the instance when the act commits, else NOT_AN_ADMIN; null is the command line. */
  actor_id: Id | null;
  reason: string;
}

/** Somebody does it to their own account, having proven this password. */
export interface OwnAct {
  at: number;
  password_hash: string | null;
}

/** The account as it is now, and whether the act changed anything: what changed nothing is not recorded. */
export interface Acted {
  account: StoredAccount;
  changed: boolean;
}

export interface AccountQuery {
  /** How the folded username or address begins; it finds no deleted account, for those have neither. */
  prefix: string | null;
  state: AccountState | null;
  after: Id | null;
  limit: number;
}

export interface StoredAuditEntry {
  id: Id;
  action: InstanceAuditAction;
  actor_id: Id | null;
  target_id: Id | null;
  reason: string;
  changes: Record<string, string | null>;
  at: number;
  /** Today's names; null where the id names no account, or a deleted one. */
  actor_username: string | null;
  target_username: string | null;
}

export interface AuditQuery {
  actor_id: Id | null;
  action: InstanceAuditAction | null;
  target_id: Id | null;
  before: Id | null;
  limit: number;
}

export interface NewPasswordReset {
  user_id: Id;
  token_hash: string;
  expires_at: number;
}

/** Refusals: NOT_AN_ADMIN of every act; UNKNOWN_USER where there is no such account, or it was deleted. */
export interface AdminMethods {
  accounts(query: AccountQuery): Promise<StoredAccount[]>;
  /** Finds deleted accounts too. */
  accountOfAnyState(userId: Id): Promise<StoredAccount | null>;
  /** @throws NOT_YOURSELF, LAST_ADMIN */
  suspend(userId: Id, act: Act): Promise<Acted>;
  /** Every session of theirs has ended by then: whoever was signed in before signs in again. */
  restore(userId: Id, act: Act): Promise<Acted>;
  /** @throws LAST_ADMIN */
  setAdmin(userId: Id, isAdmin: boolean, act: Act): Promise<Acted>;
  /**
   * Blanks an account and frees its names. By the time it answers they are in no page of the database.
   * @throws NOT_YOURSELF, LAST_ADMIN; of one's own: BAD_CREDENTIALS, ACCOUNT_SUSPENDED, SESSION_REVOKED
   */
  deleteAccount(userId: Id, messages: MessageFate, by: Act | OwnAct): Promise<void>;

  /** In place of an earlier one of that account. */
  addPasswordReset(reset: NewPasswordReset, act: Act): Promise<void>;
  hasPasswordReset(tokenHash: string, at: number): Promise<boolean>;
  /** Uses it up: sets the password and ends every session. Whose it was. @throws RESET_INVALID */
  redeemPasswordReset(tokenHash: string, passwordHash: string, at: number): Promise<Id>;

  /** Null follows the settings again. False when it was so already. */
  setRegistration(mode: RegistrationMode | null, act: Act): Promise<boolean>;
  /** Newest first. */
  audit(query: AuditQuery): Promise<StoredAuditEntry[]>;
}
