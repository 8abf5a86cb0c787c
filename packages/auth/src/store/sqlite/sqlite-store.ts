/** The store's methods on one SQLite connection, for the thread that owns it. */
import type { FeedEntry } from '@snug/protocol';
import type { SyncStore } from '../auth-store.ts';
import { AccountRows } from './account-rows.ts';
import { FeedRows } from './feed-rows.ts';
import { InviteRows } from './invite-rows.ts';
import { KeyRows } from './key-rows.ts';
import { type Database, openDatabase } from './open-database.ts';
import { SessionRows } from './session-rows.ts';

interface Tables {
  accounts: AccountRows;
  sessions: SessionRows;
  invites: InviteRows;
  keys: KeyRows;
  feed: FeedRows;
}

export class SqliteStore {
  readonly #db: Database;
  readonly #feed: FeedRows;
  readonly #methods: SyncStore;

  constructor(file: string) {
    this.#db = openDatabase(file);
    this.#feed = new FeedRows(this.#db);
    const accounts = new AccountRows(this.#db, this.#feed);
    const sessions = new SessionRows(this.#db, accounts, this.#feed);
    const invites = new InviteRows(this.#db, accounts);
    const tables = { accounts, sessions, invites, keys: new KeyRows(this.#db), feed: this.#feed };
    this.#methods = { ...lifeMethods(tables), ...accountMethods(tables), ...inviteMethods(tables) };
  }

  /** Runs one method as one transaction; `feed` is what it appended, already durable. */
  call(method: keyof SyncStore, args: unknown[]): { result: unknown; feed: FeedEntry[] } {
    this.#feed.take();
    const run = this.#methods[method] as (...args: unknown[]) => unknown;
    const result = this.#db.transaction(() => run(...args));
    return { result, feed: this.#feed.take() };
  }

  close(): void {
    this.#db.close();
  }
}

type LifeMethod = 'start' | 'sweep' | 'keys' | 'addKey' | 'feed' | 'openSession' | 'rotate' | 'sessions' | 'endSession';
type InviteMethod =
  | 'addInvite'
  | 'invites'
  | 'revokeInvite'
  | 'openRegistration'
  | 'closeRegistration'
  | 'opensRegistration'
  | 'setFirstStart';

function lifeMethods({ accounts, sessions, invites, keys, feed }: Tables): Pick<SyncStore, LifeMethod> {
  return {
    start: ({ refresh_key, at }) => {
      const { revoked, longest_access, newest } = sessions.start(at);
      return {
        refresh_key: keys.keepMeta('refresh_key', refresh_key),
        has_admin: accounts.hasAdmin(),
        revoked,
        suspended: accounts.suspended(),
        longest_access,
        newest_ids: [newest, accounts.newestId(), invites.newestId()].filter((id) => id !== null),
      };
    },
    sweep: (at, retiredBefore) => {
      sessions.sweep(at);
      keys.sweep(retiredBefore);
    },
    keys: () => keys.list(),
    addKey: (key) => keys.add(key),
    feed: (since, limit) => feed.read(since, limit),
    openSession: (session) => sessions.insert(session),
    rotate: (rotation) => sessions.rotate(rotation),
    sessions: (userId, at, limit) => sessions.list(userId, at, limit),
    endSession: (sessionId, userId, at) => sessions.end(sessionId, userId, at),
  };
}

function accountMethods({ accounts, sessions, invites }: Tables): Omit<SyncStore, LifeMethod | InviteMethod> {
  return {
    admit: (admission, names) => {
      invites.admit(admission);
      accounts.requireFree(names.username_key, names.email_key);
    },
    register: (account, session, admission) => {
      const redeemed = invites.admit(admission);
      const stored = accounts.insert({ ...account, is_admin: account.is_admin || redeemed.kind === 'first_start' });
      invites.redeem(redeemed, admission.invite_hash, account.id, admission.at);
      sessions.insert(session);
      return { account: stored, redeemed };
    },
    addAccount: (account) => accounts.insert(account),
    account: (userId) => accounts.byId(userId),
    accountByUsername: (key) => accounts.byUsername(key),
    accountByEmail: (key) => accounts.byEmail(key),
    updateAccount: (change) => accounts.update(change),
    setPasswordHash: (userId, hash, previous) => {
      // A rehash must not undo a password that was changed meanwhile.
      if (accounts.byId(userId)?.password_hash === previous) accounts.setPasswordHash(userId, hash);
    },
    changePassword: (userId, hash, keep, at) => {
      accounts.setPasswordHash(userId, hash);
      sessions.endOthers(userId, keep, at);
    },
    setSuspended: (userId, suspended, at) => accounts.setSuspended(userId, suspended, at),
  };
}

function inviteMethods({ invites }: Tables): Pick<SyncStore, InviteMethod> {
  return {
    addInvite: (invite) => invites.insert(invite),
    invites: (limit) => invites.list(limit),
    revokeInvite: (inviteId, at) => invites.revoke(inviteId, at),
    openRegistration: (ticket) => invites.openRegistration(ticket),
    closeRegistration: (codeHash) => invites.closeRegistration(codeHash),
    opensRegistration: (codeHash, at) => invites.opensRegistration(codeHash, at),
    setFirstStart: (tokenHash, at) => invites.setFirstStart(tokenHash, at),
  };
}
