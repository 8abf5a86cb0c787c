import type { Account } from '@snug/protocol';
import type { StoredAccount } from '../store/auth-store.ts';

/** What an account shows of itself to its owner. */
export function toAccount(stored: StoredAccount): Account {
  return {
    id: stored.id,
    username: stored.username,
    email: stored.email,
    display_name: stored.display_name,
    is_admin: stored.is_admin,
    created_at: new Date(stored.created_at).toISOString(),
  };
}
