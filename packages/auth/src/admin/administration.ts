/** Administering the instance, for REST and for the command line alike. Every act is recorded with who did it. */
import type { Logger } from '@snug/edge';
import {
  type AdminAccount,
  type CommandResult,
  type Id,
  type IdClock,
  type InstanceState,
  type MessageFate,
  Refusal,
  type RegistrationMode,
} from '@snug/protocol';
import type { ProfilePort } from '../http/handlers.ts';
import type { Registration } from '../instance/registration.ts';
import type { PasswordResets } from '../passwords/password-resets.ts';
import type { Act, Acted } from '../store/admin-store.ts';
import type { AuthStore } from '../store/auth-store.ts';
import { AdministrationView } from './administration-view.ts';
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
export class Administration extends AdministrationView {
  readonly #options: AdministrationOptions;

  constructor(options: AdministrationOptions) {
    super(options.store);
    this.#options = options;
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
    return this.#options.registration.state;
  }

  /** @param registration null follows the settings again */
  async updateInstance(registration: RegistrationMode | null, by: By): Promise<InstanceState> {
    const { store, registration: current } = this.#options;
    const changed = await store.setRegistration(registration, this.#act(by));
    current.override = registration;
    if (changed) this.#log('instance_updated', by, null);
    return this.instance();
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
