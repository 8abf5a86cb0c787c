/** Looks into auth's database without being the instance: nothing is written, and one may run on it meanwhile. */
import { join } from 'node:path';
import type { InstanceInvite, InstanceState, RegistrationMode } from '@snug/protocol';
import { AdministrationView } from './admin/administration-view.ts';
import { Registration } from './instance/registration.ts';
import { listInvites } from './invites/list-invites.ts';
import { openToRead } from './store/sqlite/open-database.ts';
import { tablesOf } from './store/sqlite/sqlite-store.ts';

export interface AuthReader {
  readonly admin: AdministrationView;
  instance(configured: RegistrationMode): InstanceState;
  /** Newest first, at most 1,000. */
  listInvites(): Promise<{ items: InstanceInvite[]; has_more: boolean }>;
  close(): void;
}

/** @throws if there is no `auth.db` in the folder, or it is of another version */
export function openAuthReader(data: string): AuthReader {
  const db = openToRead(join(data, 'auth.db'));
  const { accounts, admin, audit, instance, invites } = tablesOf(db);
  return {
    admin: new AdministrationView({
      accounts: async (query) => admin.list(query),
      accountOfAnyState: async (userId) => admin.ofAnyState(userId),
      accountByUsername: async (key) => accounts.byUsername(key),
      audit: async (query) => audit.list(query),
    }),
    instance: (configured) => new Registration(configured, instance.registration()).state,
    listInvites: () => listInvites(async (limit) => invites.list(limit)),
    close: () => db.close(),
  };
}
