import type { AccountState, AdminAccount } from '@snug/protocol';
import { toAccount } from '../accounts/to-account.ts';
import type { StoredAccount } from '../store/auth-store.ts';

/** What administrators see of an account. */
export function toAdminAccount(stored: StoredAccount): AdminAccount {
  const { last_seen_at: seen } = stored;
  return {
    ...toAccount(stored),
    state: stateOf(stored),
    last_seen_at: seen === null ? null : new Date(seen).toISOString(),
  };
}

function stateOf({ suspended, deleted }: StoredAccount): AccountState {
  if (deleted) return 'deleted';
  return suspended ? 'suspended' : 'active';
}
