import type { InstanceInvite } from '@snug/protocol';
import type { StoredInvite } from '../store/auth-store.ts';

const LISTED_INVITES = 1000;

/** Newest first. */
export async function listInvites(
  read: (limit: number) => Promise<StoredInvite[]>,
): Promise<{ items: InstanceInvite[]; has_more: boolean }> {
  const stored = await read(LISTED_INVITES + 1);
  return { items: stored.slice(0, LISTED_INVITES).map(toInvite), has_more: stored.length > LISTED_INVITES };
}

/** Without its token, which only who made it has seen. */
export function toInvite(stored: StoredInvite): InstanceInvite {
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    ...stored,
    expires_at: time(stored.expires_at),
    created_at: new Date(stored.created_at).toISOString(),
    revoked_at: time(stored.revoked_at),
  };
}
