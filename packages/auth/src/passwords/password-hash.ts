/** Argon2id hashes as PHC strings: what made the hash is written beside it, so that it can be raised later. */

export interface Argon2Parameters {
  /** KiB. */
  memory: number;
  passes: number;
  parallelism: number;
}

export interface PasswordHash extends Argon2Parameters {
  salt: Buffer;
  hash: Buffer;
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export function formatPasswordHash({ memory, passes, parallelism, salt, hash }: PasswordHash): string {
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

/** @throws if the text is not an Argon2id PHC string of version 19 */
export function parsePasswordHash(phc: string): PasswordHash {
  const match = PHC.exec(phc);
  if (match === null) throw new Error('a stored password hash is not an argon2id PHC string');
  const [, memory, passes, parallelism, salt, hash] = match as unknown as [string, ...string[]];
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt as string, 'base64'),
    hash: Buffer.from(hash as string, 'base64'),
  };
}
