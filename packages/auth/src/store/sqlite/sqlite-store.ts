/** The store's methods on one SQLite connection, for the thread that owns it. */
import type { FeedEntry } from '@snug/protocol';
import type { AdminMethods } from '../admin-store.ts';
import type { SyncStore } from '../auth-store.ts';
import { AccountRows, requireProof } from './account-rows.ts';
import { AdminRows } from './admin-rows.ts';
import { AuditRows } from './audit-rows.ts';
import { FeedRows } from './feed-rows.ts';
import { InstanceRows } from './instance-rows.ts';
import { InviteRows } from './invite-rows.ts';
import { KeyRows } from './key-rows.ts';
import { type Database, openDatabase } from './open-database.ts';
import { PasswordResetRows } from './password-reset-rows.ts';
import { SessionRows } from './session-rows.ts';

/** Between two tries to empty a write-ahead log that somebody else reads. */
const SCRUB_AGAIN_MS = 1000;

export class SqliteStore {
  readonly #db: Database;
  readonly #feed: FeedRows;
  readonly #methods: SyncStore;

  constructor(file: string) {
    this.#db = openDatabase(file);
    const tables = tablesOf(this.#db);
    this.#feed = tables.feed;
    this.#methods = {
      ...lifeMethods(tables),
      ...accountMethods(tables),
      ...inviteMethods(tables),
      ...adminMethods(tables),
    };
  }

  /** Runs one method as one transaction; `feed` is what it appended, already durable. */
  call(method: keyof SyncStore, args: unknown[]): { result: unknown; feed: FeedEntry[] } {
    this.#feed.take();
    const run = this.#methods[method] as (...args: unknown[]) => unknown;
    const result = this.#db.transaction(() => run(...args));
    const feed = this.#feed.take();
    if (feed.some(({ kind }) => kind === 'account_deleted')) this.#scrub();
    return { result, feed };
  }

  /** The last connection empties the write-ahead log as it closes. */
  close(): void {
    this.#db.close();
  }

  #scrub(): void {
    if (this.#db.isOpen && !this.#db.scrub()) setTimeout(() => this.#scrub(), SCRUB_AGAIN_MS).unref();
  }
}

export function tablesOf(db: Database) {
  const feed = new FeedRows(db);
  const accounts = new AccountRows(db, feed);
  const sessions = new SessionRows(db, accounts, feed);
  const instance = new InstanceRows(db);
  const invites = new InviteRows(db, accounts, instance);
  const resets = new PasswordResetRows(db);
  const audit = new AuditRows(db);
  const admin = new AdminRows({ db, accounts, sessions, resets, feed, audit });
  return { accounts, sessions, instance, invites, resets, audit, admin, keys: new KeyRows(db), feed };
}

type Tables = ReturnType<typeof tablesOf>;
type LifeMethod = 'start' | 'sweep' | 'keys' | 'addKey' | 'feed' | 'openSession' | 'rotate' | 'sessions' | 'endSession';
type InviteMethod =
  | 'addInvite'
  | 'invites'
  | 'revokeInvite'
  | 'openRegistration'
  | 'closeRegistration'
  | 'opensRegistration'
  | 'setFirstStart';
type AccountMethod = Exclude<keyof SyncStore, LifeMethod | InviteMethod | keyof AdminMethods>;

function lifeMethods(tables: Tables): Pick<SyncStore, LifeMethod> {
  const { accounts, sessions, invites, instance, resets, audit, keys, feed } = tables;
  return {
    start: ({ refresh_key, at }) => {
      const { revoked, longest_access, newest } = sessions.start(at);
      const newestIds = [newest, accounts.newestId(), invites.newestId(), audit.newestId()];
      return {
        refresh_key: keys.keepMeta('refresh_key', refresh_key),
        has_admin: accounts.hasAdmin(),
        revoked,
        suspended: accounts.suspended(),
        admins: accounts.admins(),
        registration: instance.registration(),
        longest_access,
        newest_ids: newestIds.filter((id) => id !== null),
      };
    },
    sweep: (at, retiredBefore) => {
      sessions.sweep(at);
      resets.sweep(at);
      keys.sweep(retiredBefore);
    },
    keys: () => keys.list(),
    addKey: (key) => keys.add(key),
    feed: (since, limit) => feed.read(since, limit),
    openSession: (session, proven) => sessions.open(session, proven),
    rotate: (rotation) => sessions.rotate(rotation),
    sessions: (userId, at, limit) => sessions.list(userId, at, limit),
    endSession: (sessionId, userId, at) => sessions.end(sessionId, userId, at),
  };
}

function accountMethods({ accounts, sessions, invites, resets, audit }: Tables): Pick<SyncStore, AccountMethod> {
  return {
    admit: (admission, names) => {
      invites.admit(admission);
      accounts.requireFree(names.username_key, names.email_key);
    },
    register: (account, session, admission, act) => {
      const redeemed = invites.admit(admission);
      const stored = accounts.insert({ ...account, is_admin: account.is_admin || redeemed.kind === 'first_start' });
      invites.redeem(redeemed, admission.invite_hash, account.id, admission.at);
      sessions.insert(session);
      if (stored.is_admin) audit.append(act, { action: 'admin.create', target_id: stored.id });
      return { account: stored, redeemed };
    },
    addAccount: (account, act) => {
      const stored = accounts.insert(account);
      if (stored.is_admin) audit.append(act, { action: 'admin.create', target_id: stored.id });
      return stored;
    },
    account: (userId) => accounts.byId(userId),
    accountByUsername: (key) => accounts.byUsername(key),
    accountByEmail: (key) => accounts.byEmail(key),
    updateAccount: (change) => accounts.update(change),
    setPasswordHash: (userId, hash, previous) => {
      // A rehash must not undo a password that was changed meanwhile.
      if (accounts.byId(userId)?.password_hash === previous) accounts.setPasswordHash(userId, hash);
    },
    changePassword: ({ user_id, hash, previous, keep, at }) => {
      const account = accounts.require(user_id);
      requireProof(account, previous);
      accounts.setPasswordHash(user_id, hash);
      resets.dropFor(user_id);
      sessions.endAll(user_id, at, keep);
    },
  };
}

function inviteMethods({ invites, admin, audit }: Tables): Pick<SyncStore, InviteMethod> {
  return {
    addInvite: (invite, act) => {
      admin.requireAdmin(act);
      const expires = invite.expires_at === null ? null : new Date(invite.expires_at).toISOString();
      const changes = { max_uses: String(invite.max_uses), expires_at: expires };
      audit.append(act, { action: 'invite.create', target_id: invite.id, changes });
      return invites.insert(invite);
    },
    invites: (limit) => invites.list(limit),
    revokeInvite: (inviteId, act) => {
      admin.requireAdmin(act);
      const revoked = invites.revoke(inviteId, act.at);
      if (revoked) audit.append(act, { action: 'invite.revoke', target_id: inviteId });
      return revoked;
    },
    openRegistration: (ticket) => invites.openRegistration(ticket),
    closeRegistration: (codeHash) => invites.closeRegistration(codeHash),
    opensRegistration: (codeHash, at) => invites.opensRegistration(codeHash, at),
    setFirstStart: (tokenHash, at) => invites.setFirstStart(tokenHash, at),
  };
}

function adminMethods(tables: Tables): Pick<SyncStore, keyof AdminMethods> {
  const { accounts, sessions, instance, resets, admin, audit } = tables;
  return {
    accounts: (query) => admin.list(query),
    accountOfAnyState: (userId) => admin.ofAnyState(userId),
    suspend: (userId, act) => admin.suspend(userId, act),
    restore: (userId, act) => admin.restore(userId, act),
    setAdmin: (userId, isAdmin, act) => admin.setAdmin(userId, isAdmin, act),
    deleteAccount: (userId, messages, by) => admin.remove(userId, messages, by),
    addPasswordReset: (reset, act) => {
      admin.target(reset.user_id, act);
      resets.replace(reset, act.actor_id, act.at);
      audit.append(act, { action: 'user.reset_password', target_id: reset.user_id });
    },
    hasPasswordReset: (tokenHash, at) => resets.ownerOf(tokenHash, at) !== null,
    redeemPasswordReset: (tokenHash, passwordHash, at) => {
      const userId = resets.take(tokenHash, at);
      accounts.setPasswordHash(userId, passwordHash);
      sessions.endAll(userId, at);
      return userId;
    },
    setRegistration: (mode, act) => {
      admin.requireAdmin(act);
      if (instance.registration() === mode) return false;
      instance.setRegistration(mode);
      audit.append(act, { action: 'instance.update', target_id: null, changes: { registration: mode } });
      return true;
    },
    audit: (query) => audit.list(query),
  };
}
