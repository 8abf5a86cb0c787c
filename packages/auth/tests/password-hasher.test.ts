import { argon2Sync } from 'node:crypto';
import { expect, test } from 'vitest';
import { parsePasswordHash } from '../src/passwords/password-hash.ts';
import { PasswordHasher } from '../src/passwords/password-hasher.ts';

const parameters = { memory: 64, passes: 1, parallelism: 1 };

test('[AUTH5] a hash is the Argon2id of the password under its own salt and parameters', async () => {
  const hasher = new PasswordHasher({ onHash: () => {} });
  const phc = await hasher.hash('a lamp');
  const { salt, hash, memory, passes, parallelism } = parsePasswordHash(phc);
  expect({ memory, passes, parallelism }).toEqual({ memory: 19_456, passes: 2, parallelism: 1 });
  const expected = argon2Sync('argon2id', {
    message: 'a lamp',
    nonce: salt,
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    tagLength: 32,
  });
  expect(hash.equals(expected)).toBe(true);
  expect(await hasher.hash('a lamp')).not.toBe(phc);
  expect(await hasher.matches('a lamp', phc)).toBe(true);
  expect(await hasher.matches('a lamp ', phc)).toBe(false);
});

test("[AUTH4] nobody's password matches nothing, and costs a hash", async () => {
  let hashes = 0;
  const hasher = new PasswordHasher({ onHash: () => hashes++ });
  for (const guess of ['', 'a lamp', '\u0000'.repeat(32)]) expect(await hasher.matches(guess, null)).toBe(false);
  expect(hashes).toBe(3);
});

test('the line is bounded for requests, and only for them', async () => {
  const hasher = new PasswordHasher({ onHash: () => {}, parameters });
  const asked = Array.from({ length: 200 }, () =>
    hasher.hash('a lamp').then(
      () => 'done',
      (error) => error.code,
    ),
  );
  const patient = Array.from({ length: 100 }, () => hasher.hash('a lamp', true).then(() => 'done'));
  const answers = await Promise.all(asked);
  expect(new Set(answers)).toEqual(new Set(['done', 'OVERLOADED']));
  expect(answers.filter((answer) => answer === 'done').length).toBeGreaterThanOrEqual(65);
  expect(new Set(await Promise.all(patient))).toEqual(new Set(['done']));
  // Every lane was given back: as many go in again as the first time.
  const again = await Promise.all(Array.from({ length: 60 }, () => hasher.hash('a lamp').then(() => 'done')));
  expect(again).toHaveLength(60);
});

test.each(['', 'plain', '$argon2i$v=19$m=1,t=1,p=1$AAAA$AAAA', '$argon2id$v=16$m=1,t=1,p=1$AAAA$AAAA'])(
  'a stored hash that is none is an error, not a wrong password: %s',
  async (phc) => {
    await expect(new PasswordHasher({ onHash: () => {}, parameters }).matches('x', phc)).rejects.toThrow(/PHC/);
  },
);
