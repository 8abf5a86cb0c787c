import type { User } from '@snug/protocol';

/** Somebody who can be met: neither a deleted account nor an imported author. */
export function isThere(user: User): boolean {
  return user.is_deleted !== true && user.origin === undefined;
}
