import { createHmac, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createLocalJWKSet, generateKeyPair, importJWK, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from 'jose';
import { afterEach, describe, expect, test } from 'vitest';
import { VerifyCache } from '../src/tokens/verify-cache.ts';
import { bootAuth, type Fixture } from './auth-fixture.ts';

let snug: Fixture;
afterEach(() => snug?.close());

const jwks = async () => (await snug.call<JSONWebKeySet>('/.well-known/jwks.json')).body;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('[AUTH7] signing', () => {
  test.each(['EdDSA', 'ES256', 'RS256'] as const)('%s signs, and anybody with the JWKS verifies', async (algorithm) => {
    snug = await bootAuth({ algorithm, issuer: 'https://auth.example.org' });
    const { access_token: token, user } = (await snug.register('ann')).body;
    expect((await snug.auth.verify(token)).sub).toBe(user.id);
    const keys = await jwks();
    expect(keys.keys).toHaveLength(1);
    expect(keys.keys[0]).toMatchObject({ alg: algorithm, use: 'sig', kid: expect.any(String) });
    expect(
      Object.keys(keys.keys[0] as object).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi'].includes(name)),
    ).toEqual([]);
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), {
      issuer: 'https://auth.example.org',
      typ: 'at+jwt',
      algorithms: [algorithm],
      currentDate: new Date(snug.clock.ms),
    });
    expect(payload.sub).toBe(user.id);
    expect(protectedHeader.kid).toBe(keys.keys[0]?.kid);
    expect((payload.exp as number) - (payload.iat as number)).toBe(900);
  });

  test('[AUTH23] keys survive a restart; another algorithm makes a new key and signs nobody out', async () => {
    snug = await bootAuth({ algorithm: 'EdDSA' });
    const { access_token: token, refresh_token } = (await snug.register('ann')).body;
    const first = await jwks();
    await snug.restart();
    expect(await jwks()).toEqual(first);
    await snug.restart({ algorithm: 'ES256' });
    const both = await jwks();
    expect(both.keys.map((key) => key.alg).sort()).toEqual(['ES256', 'EdDSA']);
    expect((await snug.auth.verify(token)).username).toBe('ann');
    const next = (await snug.refresh(refresh_token)).body.access_token;
    expect(JSON.parse(Buffer.from(next.split('.')[0] as string, 'base64url').toString()).alg).toBe('ES256');
    expect((await snug.auth.verify(next)).username).toBe('ann');

    // A day after its last token ended the old key is gone; the sweep runs at start, the next start no longer loads it.
    snug.clock.ms += 25 * 3600_000;
    await snug.restart({ algorithm: 'ES256' });
    await snug.restart({ algorithm: 'ES256' });
    expect((await jwks()).keys.map((key) => key.alg)).toEqual(['ES256']);
  });
});

describe('[AUTH8] what is refused', () => {
  test('a token past its end, at the second it ends', async () => {
    snug = await bootAuth();
    const { access_token: token } = (await snug.register('ann')).body;
    const { exp } = await snug.auth.verify(token);
    snug.clock.ms = exp * 1000 - 1;
    expect((await snug.auth.verify(token)).exp).toBe(exp);
    snug.clock.ms = exp * 1000;
    await expect(snug.auth.verify(token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    await snug.restart();
    await expect(snug.auth.verify(token)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect((await snug.call('/auth/me', { token })).body.code).toBe('TOKEN_EXPIRED');
  });

  test('another issuer, and the tokens of another instance', async () => {
    snug = await bootAuth({ issuer: 'one' });
    const { access_token: token } = (await snug.register('ann')).body;
    await snug.restart({ issuer: 'two' });
    await expect(snug.auth.verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    const other = await bootAuth({ issuer: 'one' });
    try {
      await expect(other.auth.verify(token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    } finally {
      await other.close();
    }
  });

  test('a forged token of every kind we know', async () => {
    snug = await bootAuth({ algorithm: 'RS256' });
    const { access_token: token } = (await snug.register('ann')).body;
    const [, payload, signature] = token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const key = (await jwks()).keys[0] as JWK & { kid: string };
    const pem = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const own = (await generateKeyPair('RS256')).privateKey;
    const header = { alg: 'RS256', kid: key.kid, typ: 'at+jwt' };
    const hs256 = `${part({ ...header, alg: 'HS256' })}.${payload}`;
    const forged = {
      unsigned: `${part({ ...header, alg: 'none' })}.${payload}.`,
      'signed with the public key as a secret': `${hs256}.${createHmac('sha256', pem).update(hs256).digest('base64url')}`,
      'signed with a key of their own': await new SignJWT(claims).setProtectedHeader(header).sign(own),
      'with a kid of their own': await new SignJWT(claims).setProtectedHeader({ ...header, kid: 'mine' }).sign(own),
      'with other claims': `${part(header)}.${part({ ...claims, admin: true })}.${signature}`,
      'with no signature': `${part(header)}.${payload}.`,
      'with half of it': `${part(header)}.${payload}`,
      'with more of it': `${token}.x`,
      empty: '',
      long: 'x'.repeat(100_000),
      nonsense: '..',
    };
    for (const [what, text] of Object.entries(forged)) {
      await expect(snug.auth.verify(text), what).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    }
    expect((await snug.auth.verify(token)).username).toBe('ann');
  });

  test('a token of another type, although our own key signed it', async () => {
    snug = await bootAuth();
    const { access_token: token } = (await snug.register('ann')).body;
    const claims = await snug.auth.verify(token);
    const db = new DatabaseSync(join(snug.data, 'auth.db'), { readOnly: true });
    const stored = db.prepare('SELECT kid, private_jwk FROM signing_keys').get() as {
      kid: string;
      private_jwk: string;
    };
    db.close();
    const key = await importJWK(JSON.parse(stored.private_jwk) as JWK, 'EdDSA');
    const sign = (typ: string, iss = 'snug') =>
      new SignJWT({ ...claims, iss }).setProtectedHeader({ alg: 'EdDSA', kid: stored.kid, typ }).sign(key);
    // Needs the same token with the right type to be good to mean anything.
    expect((await snug.auth.verify(await sign('at+jwt'))).username).toBe('ann');
    for (const wrong of [sign('JWT'), sign('snug-feed+jwt'), sign('at+jwt', 'other')]) {
      await expect(snug.auth.verify(await wrong)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    }
  });

  test('the feed, which the same keys sign, is no access token', async () => {
    snug = await bootAuth();
    const feed = (await snug.call<string>('/auth/feed')).body as unknown as string;
    await expect(snug.auth.verify(feed)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });
});

describe('[E32] [AUTH9] what is remembered', () => {
  test('a token is verified once and then looked up', async () => {
    snug = await bootAuth();
    const { access_token: token } = (await snug.register('ann')).body;
    for (let i = 0; i < 5; i++) await snug.auth.verify(token);
    const figures = await snug.registry.getSingleMetric('snug_auth_verifications_total')?.get();
    const by = Object.fromEntries(figures?.values.map(({ labels, value }) => [labels.result, value]) ?? []);
    expect(by).toEqual({ verified: 1, cached: 4 });
  });

  test('the memory is bounded, and the token used longest ago goes first', async () => {
    const verified: string[] = [];
    const claims = { iss: 'snug', sub: 'u', sid: 's', username: 'ann', name: 'Ann', iat: 0, exp: 1000 };
    const cache = new VerifyCache({
      verify: async (token) => {
        verified.push(token);
        return claims;
      },
      now: () => 0,
      ttl: 1000,
      start: { revoked: [], suspended: [], admins: [], longest_access: 0 },
      capacity: 3,
    });
    for (const token of ['a', 'b', 'c', 'a', 'd']) await cache.verify(token);
    expect(cache.size).toBe(3);
    verified.length = 0;
    for (const token of ['a', 'c', 'd']) await cache.verify(token);
    expect(verified).toEqual([]);
    await cache.verify('b');
    expect(verified).toEqual(['b']);
  });

  test('a session revoked while its token is being verified is refused', async () => {
    const claims = { iss: 'snug', sub: 'u', sid: 's', username: 'ann', name: 'Ann', iat: 0, exp: 1000 };
    const gate = Promise.withResolvers<typeof claims>();
    const cache = new VerifyCache({
      verify: () => gate.promise,
      now: () => 0,
      ttl: 1000,
      start: { revoked: [], suspended: [], admins: [], longest_access: 0 },
    });
    const answer = cache.verify('token');
    cache.hear({ seq: 1, at: 0, kind: 'session_revoked', user_id: 'u', session_id: 's' });
    gate.resolve(claims);
    await expect(answer).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
  });

  test('what time has ended is forgotten, and not a moment earlier', async () => {
    const clock = { ms: 0 };
    const cache = new VerifyCache({
      verify: async (sid) => ({ iss: 'snug', sub: 'u', sid, username: 'ann', name: 'Ann', iat: 0, exp: 100 }),
      now: () => clock.ms,
      ttl: 1000,
      // A token of before the restart lives until 50,000 ms, those of today for one second.
      start: { revoked: [{ session_id: 'before', until: 50_000 }], suspended: [], admins: [], longest_access: 50_000 },
    });
    const revoke = (sid: string) =>
      cache.hear({ seq: 1, at: clock.ms, kind: 'session_revoked', user_id: 'u', session_id: sid });
    const sweep = () => Array.from({ length: 1000 }, (_, i) => revoke(`other ${i}`));
    revoke('today');
    await cache.verify('living');
    clock.ms = 49_999;
    sweep();
    expect(cache.size).toBe(1);
    for (const sid of ['today', 'before']) {
      await expect(cache.verify(sid)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
    }
    clock.ms = 100_000;
    sweep();
    expect(cache.size).toBe(0);
  });

  test('a revocation is kept for as long as a token of before could live, also one with a longer life', async () => {
    snug = await bootAuth({ access_token_ttl: 7200 });
    const { access_token: token, refresh_token } = (await snug.register('ann')).body;
    await snug.restart({ access_token_ttl: 60 });
    await snug.call('/auth/logout', { body: { refresh_token } });
    for (const minutes of [0, 5, 60]) {
      snug.clock.ms += minutes * 60_000;
      await expect(snug.auth.verify(token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
    }
    await snug.restart({ access_token_ttl: 60 });
    await expect(snug.auth.verify(token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
  });
});
