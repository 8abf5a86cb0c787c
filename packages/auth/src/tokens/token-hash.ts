/** Bearer secrets are kept as their hash. They are random and long, so one plain SHA-256 is enough. */
import { hash } from 'node:crypto';

/** SHA-256 in base64url. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'base64url');
}
