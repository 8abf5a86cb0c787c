/** Administering the instance, for REST and for the command line alike. Every act is recorded with who did it. */
import type { Logger } from '@snug/edge';
import {
  type AdminAccount,
  type CommandParams,
  type CommandResult,
  type Id,
  type IdClock,
  type InstanceState,
  LIMITS,
  type MessageFate,
  Refusal,
  type RegistrationMode,
  usernameKey,
} from '@snug/protocol';
import type { ProfilePort } from '../http/handlers.ts';
import type { Registration } from '../instance/registration.ts';
import type { PasswordResets } from '../passwords/password-resets.ts';
import type { Act, Acted } from '../store/admin-store.ts';
import type { AuthStore } from '../store/auth-store.ts';
import { toAdminAccount } from './to-admin-account.ts';

/** Who does it. */
export interface By {
  /** Null is the command line. */
  actor_id: Id | null;
  reason?: string | undefined;
  trace_id?: string | undefined;
}

export interface AdministrationOptions {
  store: AuthStore;
  registration: Registration;
  resets: PasswordResets;
  logger: Logger;
  ids: IdClock;
  now: () => number;
}

/**
 * Every act may be refused with NOT_AN_ADMIN, where its actor no longer administers when it commits; those on an account
 * with UNKNOWN_USER, where there is none or it was deleted.
 */
export class Administration {
  readonly #options: AdministrationOptions;

  constructor(options: AdministrationOptions) {
    this.#options = options;
  }

  /** Oldest first. `query` is how the username or e-mail address begins. */
  async listUsers(params: CommandParams<'admin.list_users'>): Promise<CommandResult<'admin.list_users'>> {
    const { query = '', state = null, after = null, limit = LIMITS.PAGE_DEFAULT } = params;
    const prefix = query === '' ? null : usernameKey(query);
    const stored = await this.#options.store.accounts({ prefix, state, after, limit: limit + 1 });
    return { items: stored.slice(0, limit).map(toAdminAccount), has_more: stored.length > limit };
  }

  /** Finds deleted accounts too. @throws Refusal UNKNOWN_USER */
  async getUser(userId: Id): Promise<AdminAccount> {
    const stored = await this.#options.store.accountOfAnyState(userId);
    if (stored === null) throw new Refusal('UNKNOWN_USER');
    return toAdminAccount(stored);
  }

  /** Refuses the account everywhere, at once, until it is restored. @throws Refusal NOT_YOURSELF, LAST_ADMIN */
  async suspend(userId: Id, by: By): Promise<AdminAccount> {
    return this.#said('user_suspended', by, await this.#options.store.suspend(userId, this.#act(by)));
  }

  /** Lets it sign in again; what was signed in before the suspension is not. */
  async restore(userId: Id, by: By): Promise<AdminAccount> {
    return this.#said('user_restored', by, await this.#options.store.restore(userId, this.#act(by)));
  }

  /** At once, on every transport, whatever tokens say. @throws Refusal LAST_ADMIN */
  async setAdmin(userId: Id, isAdmin: boolean, by: By): Promise<AdminAccount> {
    const acted = await this.#options.store.setAdmin(userId, isAdmin, this.#act(by));
    return this.#said(isAdmin ? 'user_promoted' : 'user_demoted', by, acted);
  }

  /** A token for `/reset?token=`, good once and for a day. It is in this answer and never again. */
  async resetPassword(userId: Id, by: By): Promise<CommandResult<'admin.reset_password'>> {
    const issued = await this.#options.resets.issue(userId, this.#act(by));
    this.#log('password_reset_issued', by, userId);
    return issued;
  }

  /** @throws Refusal NOT_YOURSELF, LAST_ADMIN, OWNS_SERVERS */
  async deleteUser(userId: Id, messages: MessageFate, by: By, profile: ProfilePort): Promise<void> {
    if ((await this.getUser(userId)).state === 'deleted') throw new Refusal('UNKNOWN_USER');
    await profile.mayDelete?.(userId);
    await this.#options.store.deleteAccount(userId, messages, this.#act(by));
    this.#log('account_deleted', by, userId);
  }

  instance(): InstanceState {
    const { mode, configured, override } = this.#options.registration;
    return { registration: mode, registration_configured: configured, registration_override: override };
  }

  /** @param registration null follows the settings again */
  async updateInstance(registration: RegistrationMode | null, by: By): Promise<InstanceState> {
    const { store, registration: current } = this.#options;
    const changed = await store.setRegistration(registration, this.#act(by));
    current.override = registration;
    if (changed) this.#log('instance_updated', by, null);
    return this.instance();
  }

  /** Newest first. */
  async audit(params: CommandParams<'admin.audit'>): Promise<CommandResult<'admin.audit'>> {
    const { actor_id = null, action = null, target_id = null, before = null, limit = LIMITS.PAGE_DEFAULT } = params;
    const stored = await this.#options.store.audit({ actor_id, action, target_id, before, limit: limit + 1 });
    const items = stored.slice(0, limit).map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
    return { items, has_more: stored.length > limit };
  }

  #act({ actor_id, reason = '' }: By): Act {
    const { ids, now } = this.#options;
    return { id: ids.next(), at: now(), actor_id, reason };
  }

  #said(event: string, by: By, { account, changed }: Acted): AdminAccount {
    if (changed) this.#log(event, by, account.id);
    return toAdminAccount(account);
  }

  #log(event: string, { actor_id, trace_id }: By, userId: Id | null): void {
    this.#options.logger.info({ event, actor_id, user_id: userId, trace_id }, event);
  }
}
