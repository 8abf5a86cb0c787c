/** What there is to look at when administering: accounts, and the record of acts. */
import {
  type AdminAccount,
  type CommandParams,
  type CommandResult,
  type Id,
  LIMITS,
  Refusal,
  usernameKey,
} from '@snug/protocol';
import type { AuthStore } from '../store/auth-store.ts';
import { toAdminAccount } from './to-admin-account.ts';

export type ViewStore = Pick<AuthStore, 'accounts' | 'accountOfAnyState' | 'accountByUsername' | 'audit'>;

export class AdministrationView {
  readonly #store: ViewStore;

  constructor(store: ViewStore) {
    this.#store = store;
  }

  /** Oldest first. `query` is how the username or e-mail address begins. */
  async listUsers(params: CommandParams<'admin.list_users'>): Promise<CommandResult<'admin.list_users'>> {
    const { query = '', state = null, after = null, limit = LIMITS.PAGE_DEFAULT } = params;
    const prefix = query === '' ? null : usernameKey(query);
    const stored = await this.#store.accounts({ prefix, state, after, limit: limit + 1 });
    return { items: stored.slice(0, limit).map(toAdminAccount), has_more: stored.length > limit };
  }

  /** Finds deleted accounts too. @throws Refusal UNKNOWN_USER */
  async getUser(userId: Id): Promise<AdminAccount> {
    const stored = await this.#store.accountOfAnyState(userId);
    if (stored === null) throw new Refusal('UNKNOWN_USER');
    return toAdminAccount(stored);
  }

  /** By the whole username, whatever its case; null if nobody has it. */
  async findUser(username: string): Promise<AdminAccount | null> {
    const stored = await this.#store.accountByUsername(usernameKey(username));
    return stored === null ? null : toAdminAccount(stored);
  }

  /** Newest first. */
  async audit(params: CommandParams<'admin.audit'>): Promise<CommandResult<'admin.audit'>> {
    const { actor_id = null, action = null, target_id = null, before = null, limit = LIMITS.PAGE_DEFAULT } = params;
    const stored = await this.#store.audit({ actor_id, action, target_id, before, limit: limit + 1 });
    const items = stored.slice(0, limit).map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
    return { items, has_more: stored.length > limit };
  }
}
