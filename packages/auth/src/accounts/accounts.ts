/** Accounts: making them, proving that one is yours, changing them (E31). */
import { addressKey, type Logger } from '@snug/edge';
import {
  type AccessClaims,
  AUTH_COMMANDS,
  type CommandParams,
  type Id,
  type IdClock,
  Refusal,
  usernameKey,
  validate,
} from '@snug/protocol';
import type { AuthMetrics } from '../auth-metrics.ts';
import type { AuthSettings } from '../auth-settings.ts';
import type { ProfilePort } from '../http/handlers.ts';
import type { PasswordHasher } from '../passwords/password-hasher.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { Caller } from '../sessions/caller.ts';
import type { Grant, Sessions } from '../sessions/sessions.ts';
import type { AccountChange, AuthStore, NewAccount, Redeemed, StoredAccount } from '../store/auth-store.ts';
import { tokenHash } from '../tokens/token-hash.ts';
import { emailKey } from './email-key.ts';

export interface AccountsOptions {
  store: AuthStore;
  settings: AuthSettings;
  sessions: Sessions;
  passwords: PasswordHasher;
  limits: RateLimits;
  metrics: AuthMetrics;
  logger: Logger;
  ids: IdClock;
  now: () => number;
  /** Told when an administrator was made. */
  onAdmin: () => void;
}

/** An account made without registering: by the command line, a seed, a test. */
export interface AccountSeed {
  username: string;
  /** Without one the account cannot sign in by password. */
  password?: string;
  display_name?: string;
  is_admin?: boolean;
}

export class Accounts {
  readonly #options: AccountsOptions;

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  /** Blueprint, Authentication: an account, and a first session. */
  async register(params: CommandParams<'auth.register'>, caller: Caller): Promise<Grant> {
    const { store, settings, passwords, limits, sessions, metrics, ids, now } = this.#options;
    limits.register_by_address.take(addressKey(caller.address));
    const invite_hash = params.invite === undefined ? null : tokenHash(params.invite);
    const admission = { configured: settings.registration, invite_hash, at: now() };
    const account = this.#newAccount(params);
    // Asked before the hash, which costs a tenth of a second of a core, and again when it counts.
    await store.admit(admission, account);
    account.password_hash = await passwords.hash(params.password);
    const { session, token } = sessions.prepare(account.id, caller);
    const act = { id: ids.next(), at: admission.at, actor_id: account.id, reason: '' };
    const made = await store.register(account, session, admission, act);
    metrics.registrations.inc({ with: made.redeemed.kind });
    metrics.signIns.inc({ by: 'registration' });
    if (made.account.is_admin) this.#options.onAdmin();
    this.#logRegistered(made.account, made.redeemed, caller);
    return sessions.grant(made.account, token);
  }

  /** Sign-in by username or e-mail. Takes as long for a name nobody has (section "auth role"). */
  async login(params: CommandParams<'auth.login'>, caller: Caller): Promise<Grant> {
    const { limits, passwords, sessions, metrics } = this.#options;
    limits.login_by_address.take(addressKey(caller.address));
    const account = await this.#byLogin(params.login);
    // Both names of an account share one bucket, and a name without an account has one too: no difference shows.
    const bucket = account?.id ?? usernameKey(params.login);
    limits.login_by_account.take(bucket);
    if (!(await passwords.matches(params.password, account?.password_hash ?? null)) || account === null) {
      this.#logRefused('bad_credentials', caller);
      throw new Refusal('BAD_CREDENTIALS');
    }
    if (account.suspended) {
      this.#logRefused('suspended', caller);
      throw new Refusal('ACCOUNT_SUSPENDED');
    }
    // Only failures count: whoever knows the password may come as often as they like.
    limits.login_by_account.giveBack(bucket);
    const proven = await this.#rehash(account, params.password);
    const grant = await sessions.open(account, caller, proven);
    metrics.signIns.inc({ by: 'password' });
    this.#options.logger.info(
      { event: 'signed_in', user_id: account.id, session_id: grant.session_id, trace_id: caller.trace_id },
      'signed_in',
    );
    return grant;
  }

  /** @throws Refusal SESSION_REVOKED when there is no such account any more */
  async account(userId: Id): Promise<StoredAccount> {
    const account = await this.#options.store.account(userId);
    if (account === null) throw new Refusal('SESSION_REVOKED');
    return account;
  }

  /**
   * Changes what auth owns. A new username or e-mail address needs the password: they are what one signs in with.
   * @throws Refusal USERNAME_TAKEN, EMAIL_TAKEN, BAD_CREDENTIALS, INVALID_PARAMS (password missing), RATE_LIMITED
   */
  async update(claims: AccessClaims, params: CommandParams<'auth.update_me'>): Promise<StoredAccount> {
    const account = await this.account(claims.sub);
    const change: AccountChange = { user_id: account.id, at: this.#options.now() };
    if (params.username !== undefined && params.username !== account.username) {
      change.username = { name: params.username, key: usernameKey(params.username) };
    }
    if (params.email !== undefined && params.email !== account.email) {
      change.email = params.email === null ? null : { address: params.email, key: emailKey(params.email) };
    }
    if (params.display_name !== undefined) change.display_name = params.display_name;
    if (change.username !== undefined || change.email !== undefined) {
      await this.#provePassword(account, params.password);
      change.password_hash = account.password_hash ?? '';
    }
    if (change.username === undefined && change.email === undefined && change.display_name === undefined) {
      return account;
    }
    return this.#options.store.updateAccount(change);
  }

  /** The other sessions end; the one that asked goes on. */
  async changePassword(
    claims: AccessClaims,
    params: CommandParams<'auth.change_password'>,
    caller: Caller,
  ): Promise<void> {
    const { store, passwords, logger, now } = this.#options;
    const account = await this.#proven(claims, params.current_password);
    const hash = await passwords.hash(params.new_password);
    const previous = account.password_hash;
    await store.changePassword({ user_id: account.id, hash, previous, keep: claims.sid, at: now() });
    logger.info({ event: 'password_changed', user_id: account.id, trace_id: caller.trace_id }, 'password_changed');
  }

  /**
   * Ends the account of whoever asks. Chat is asked first whether anything of theirs is in the way, and hears of the end
   * by the feed.
   * @throws Refusal BAD_CREDENTIALS, RATE_LIMITED, LAST_ADMIN, OWNS_SERVERS
   */
  async deleteOwn(
    claims: AccessClaims,
    params: CommandParams<'auth.delete_account'>,
    profile: ProfilePort,
    caller: Caller,
  ): Promise<void> {
    const { store, logger, now } = this.#options;
    const { id, password_hash } = await this.#proven(claims, params.password);
    await profile.mayDelete?.(id);
    await store.deleteAccount(id, params.messages, { at: now(), password_hash });
    const said = { event: 'account_deleted', user_id: id, messages: params.messages, trace_id: caller.trace_id };
    logger.info(said, 'account_deleted');
  }

  /** @throws Refusal INVALID_PARAMS, USERNAME_TAKEN */
  async create(seed: AccountSeed): Promise<StoredAccount> {
    const { is_admin = false, ...rest } = seed;
    const params = validate(AUTH_COMMANDS['auth.register'].params.partial({ password: true }), rest);
    const account = this.#newAccount(params);
    account.is_admin = is_admin;
    if (params.password !== undefined)
      account.password_hash = await this.#options.passwords.hash(params.password, true);
    const { store, ids } = this.#options;
    const act = { id: ids.next(), at: account.created_at, actor_id: null, reason: '' };
    const stored = await store.addAccount(account, act);
    if (is_admin) this.#options.onAdmin();
    this.#options.logger.info({ event: 'account_created', user_id: stored.id, is_admin }, 'account_created');
    return stored;
  }

  #newAccount(params: Omit<CommandParams<'auth.register'>, 'password'>): NewAccount {
    const email = params.email ?? null;
    return {
      id: this.#options.ids.next(),
      username: params.username,
      username_key: usernameKey(params.username),
      email,
      email_key: email === null ? null : emailKey(email),
      display_name: params.display_name ?? params.username,
      password_hash: null,
      is_admin: false,
      created_at: this.#options.now(),
    };
  }

  /** A username has no `@`, an address always has one: which of the two it is needs no asking. */
  #byLogin(login: string): Promise<StoredAccount | null> {
    const { store } = this.#options;
    return login.includes('@') ? store.accountByEmail(emailKey(login)) : store.accountByUsername(usernameKey(login));
  }

  async #proven(claims: AccessClaims, password: string): Promise<StoredAccount> {
    const account = await this.account(claims.sub);
    await this.#provePassword(account, password);
    return account;
  }

  async #provePassword(account: StoredAccount, password: string | undefined): Promise<void> {
    if (password === undefined) {
      throw new Refusal('INVALID_PARAMS', { issues: [{ path: 'password', message: 'needed for this change' }] });
    }
    const { limits, passwords } = this.#options;
    limits.password_by_account.take(account.id);
    if (!(await passwords.matches(password, account.password_hash))) throw new Refusal('BAD_CREDENTIALS');
    limits.password_by_account.giveBack(account.id);
  }

  /** Signing in is the only time that the password is there to be hashed anew. The hash that stands for it now. */
  async #rehash(account: StoredAccount, password: string): Promise<string | null> {
    const { passwords, store } = this.#options;
    const previous = account.password_hash;
    if (previous === null || !passwords.isOutdated(previous)) return previous;
    const hash = await passwords.hash(password);
    await store.setPasswordHash(account.id, hash, previous);
    return hash;
  }

  #logRegistered(account: StoredAccount, redeemed: Redeemed, caller: Caller): void {
    const who = { user_id: account.id, trace_id: caller.trace_id };
    const { logger } = this.#options;
    logger.info({ event: 'registered', ...who, is_admin: account.is_admin }, 'registered');
    if (redeemed.kind !== 'none') logger.info({ event: 'invite_redeemed', ...who, ...redeemed }, 'invite_redeemed');
  }

  /** Without the name: people type their password into that field. */
  #logRefused(reason: string, caller: Caller): void {
    this.#options.metrics.failures.inc({ reason });
    this.#options.logger.info(
      { event: 'sign_in_refused', reason, address: caller.address, trace_id: caller.trace_id },
      'sign_in_refused',
    );
  }
}
