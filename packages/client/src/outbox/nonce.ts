import { firstIdAt } from '@snug/protocol';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The sender's own name for a message (E13): 26 characters, 48 bits of time and 80 random bits. The time is there for
 * the server's index only: nonces of one moment lie side by side in it, and a send costs less. `now` is in ms.
 */
export function newNonce(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const random = Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('');
  return firstIdAt(now).slice(0, 10) + random;
}
