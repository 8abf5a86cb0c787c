import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloseCode, Discovery, LIMITS, Op } from '@snug/protocol';
import {
  createServer,
  identify,
  ok,
  openGateway,
  rawRest,
  send,
  signUp,
  startInstance,
  testSettings,
} from '@snug/testkit';
import { describe, expect, test } from 'vitest';
import { InstanceRunning, startServer } from '../src/index.ts';

describe('an instance', () => {
  test('[SRV1] answers discovery with what it is and what it allows', async () => {
    await using instance = await startInstance({ name: 'Attic', theme: 'kaizen', registration: 'closed' });
    const { status, body } = await instance.rest().get('/.well-known/snug');
    expect(status).toBe(200);
    const discovery = Discovery.parse(body);
    expect(discovery).toMatchObject({ name: 'Attic', theme: 'kaizen', registration: 'closed', needs_owner: true });
    expect(discovery.roles).toEqual({ auth: instance.url, chat: instance.url, delivery: instance.url });
    expect(discovery.limits.MESSAGE_MAX).toBe(LIMITS.MESSAGE_MAX);
  });

  test('[SRV1] tells its public address where it has one', async () => {
    await using instance = await startInstance({ public_url: 'https://chat.example.org' });
    const { body } = await instance.rest().get<Discovery>('/.well-known/snug');
    expect(body.roles.chat).toBe('https://chat.example.org');
    expect(instance.running.ownerLink).toMatch(/^https:\/\/chat\.example\.org\/setup\?token=[\w-]{20,}$/);
  });

  test('[SRV2] is healthy and ready, and measures itself', async () => {
    await using instance = await startInstance();
    const rest = instance.rest();
    expect((await rest.get('/healthz')).status).toBe(200);
    const ready = await rest.get<{ parts: Record<string, boolean> }>('/readyz');
    expect(ready.status).toBe(200);
    expect(Object.values(ready.body.parts)).not.toContain(false);
    const metrics = await rest.get<string>('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(metrics.body).toContain('snug_http_request_seconds_bucket{');
  });

  test('[SRV2] metrics are for this machine: not for what a proxy relays, nor for anybody when off', async () => {
    await using local = await startInstance({ metrics: 'local' });
    const relayed = { 'x-forwarded-for': '203.0.113.9' };
    expect((await local.rest().request('GET', '/metrics', undefined, relayed)).status).toBe(404);
    expect((await local.rest().request('GET', '/metrics/', undefined, relayed)).status).toBe(404);
    await using all = await startInstance({ metrics: 'all' });
    expect((await all.rest().request('GET', '/metrics', undefined, relayed)).status).toBe(200);
    await using off = await startInstance({ metrics: 'off' });
    expect((await off.rest().get('/metrics')).status).toBe(404);
  });

  test('[SRV3] every answer has a trace id, and a refusal tells it', async () => {
    await using instance = await startInstance();
    const missing = await instance.rest().get<{ code: string; trace_id: string }>('/api/v1/nothing');
    expect(missing.status).toBe(404);
    expect(missing.body).toMatchObject({ code: 'UNKNOWN_ROUTE', trace_id: missing.headers.get('x-trace-id') });
    expect((await instance.rest().get('/healthz')).headers.get('x-trace-id')).toBeTruthy();
  });

  test('[SRV4] serves the web client beside the API, on one port', async () => {
    const dist = mkdtempSync(join(tmpdir(), 'snug-dist-'));
    mkdirSync(join(dist, 'assets'));
    writeFileSync(join(dist, 'index.html'), '<!doctype html><title>the client</title>');
    await using instance = await startInstance({ dist });
    const page = await instance.rest().request<string>('GET', '/invite/abcdefgh', undefined, { accept: 'text/html' });
    expect(page.body).toContain('the client');
    expect((await instance.rest().get('/api/v1/openapi.json')).status).toBe(200);
    expect((await instance.rest().get('/docs/')).status).toBe(200);
    rmSync(dist, { recursive: true });
  });

  test('[SRV5] its files are for their owner only', async () => {
    await using instance = await startInstance();
    const ada = await instance.signUp('ada');
    const { channel } = await createServer(ada);
    await send(ada, channel.id, 'hello');
    const files = readdirSync(instance.data);
    expect(files).toEqual(expect.arrayContaining(['auth.db', 'chat.db', 'chat.db-wal', 'lock.db']));
    for (const file of files) expect(statSync(join(instance.data, file)).mode & 0o077, file).toBe(0);
  });

  test('[SRV6] no token or password is in the log', async () => {
    await using instance = await startInstance({ log_level: 'debug' });
    const ada = await instance.signUp('ada');
    await using _gateway = await openGateway(instance.url, `?token=${ada.token}`);
    await ada.rest.get('/api/v1/auth/me');
    const text = JSON.stringify(instance.logs);
    expect(text, 'the premise: requests are logged').toContain('/api/v1/auth/me');
    expect(text).not.toContain(ada.token);
    expect(text).not.toContain(ada.refreshToken);
    expect(text).not.toContain('correct horse');
  });
});

describe('the first start', () => {
  test('[SRV7] gives one link that makes the administrator, once', async () => {
    await using instance = await startInstance({ registration: 'invite' });
    const token = new URL(instance.running.ownerLink as string).searchParams.get('token') as string;
    const owner = await signUp(instance.url, 'ada', { invite: token });
    expect(owner.is_admin).toBe(true);
    const again = { username: 'bo', password: 'correct horse battery', invite: token };
    expect((await instance.rest().post('/api/v1/auth/register', again)).status).toBeGreaterThanOrEqual(400);
    expect((await instance.rest().get<Discovery>('/.well-known/snug')).body.needs_owner).toBe(false);
    await instance.restart();
    expect(instance.running.ownerLink).toBeNull();
  });
});

describe('the data folder', () => {
  test('[E35] a second start on the same folder is refused by name', async () => {
    await using instance = await startInstance();
    await expect(startServer(testSettings(instance.data), { write: () => {} })).rejects.toThrow(InstanceRunning);
    expect((await instance.rest().get('/readyz')).status, 'the first one is not disturbed').toBe(200);
  });

  test('[E35] a start that fails gives the folder back', async () => {
    await using instance = await startInstance();
    const data = mkdtempSync(join(tmpdir(), 'snug-data-'));
    const taken = testSettings(data, { addr: `127.0.0.1:${instance.port}` });
    await expect(startServer(taken, { write: () => {} })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const second = await startServer(testSettings(data), { write: () => {} });
    await second.stop();
    rmSync(data, { recursive: true });
  });

  test('[SRV8] what was there is there after a restart, at the same address', async () => {
    await using instance = await startInstance();
    const { url } = instance;
    const ada = await instance.signUp('ada');
    const { channel } = await createServer(ada);
    const sent = await send(ada, channel.id, 'still here');
    await instance.restart();
    expect(instance.url).toBe(url);
    const found = await ok(rawRest(url, ada.token).get(`/api/v1/channels/${channel.id}/messages/${sent.id}`));
    expect(found).toMatchObject({ content: 'still here' });
  });
});

describe('a gentle stop', () => {
  test('[SRV9] sockets are told to come back (op 7), then closed', async () => {
    await using instance = await startInstance();
    const ada = await instance.signUp('ada');
    const { gateway } = await identify(instance.url, ada.token);
    const stopped = instance.stop();
    await gateway.until((frame) => frame.op === Op.RECONNECT);
    const { code } = await gateway.closed;
    expect([CloseCode.SHUTTING_DOWN, CloseCode.GOING_AWAY]).toContain(code);
    await stopped;
  });

  test('[SRV9] every send under way is acknowledged and there, or refused and not there', async () => {
    await using instance = await startInstance();
    const ada = await instance.signUp('ada');
    const { channel } = await createServer(ada);
    const path = `/api/v1/channels/${channel.id}/messages`;
    const outcomes: { nonce: string; status: number | null }[] = [];
    let isStopping = false;
    const sender = async (name: number): Promise<void> => {
      for (let n = 0; ; n++) {
        const nonce = `n-${name}-${n}`;
        const status = await ada.rest.post(path, { content: nonce, nonce }).then(
          (answer) => answer.status,
          () => null,
        );
        outcomes.push({ nonce, status });
        if (status !== 201) return;
        if (isStopping && n > 10_000) return;
      }
    };
    const senders = Promise.all(Array.from({ length: 16 }, (_, name) => sender(name)));
    await expect.poll(() => outcomes.length).toBeGreaterThan(64);
    isStopping = true;
    await instance.stop();
    await senders;
    const acknowledged = outcomes.filter(({ status }) => status === 201);
    const refused = outcomes.filter(({ status }) => status !== 201 && status !== null);
    expect(acknowledged.length, 'the premise: the senders were at work').toBeGreaterThan(16);
    for (const { status } of refused) expect(status).toBe(503);
    await instance.restart();
    const there = await allContents(instance.url, ada.token, channel.id);
    expect(there.filter((text) => text.startsWith('n-')).length).toBe(new Set(there).size);
    for (const { nonce } of acknowledged) expect(there).toContain(nonce);
    for (const { nonce } of refused) expect(there).not.toContain(nonce);
  });

  test('[SRV9] a long poll under way is answered, not cut', async () => {
    await using instance = await startInstance();
    const ada = await instance.signUp('ada');
    const { next } = await ok(ada.rest.get<{ next: number }>('/api/v1/sync'));
    const poll = ada.rest.get(`/api/v1/sync?since=${next}&timeout=30000`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await instance.stop();
    expect([200, 503]).toContain((await poll).status);
  });
});

async function allContents(url: string, token: string, channelId: string): Promise<string[]> {
  const rest = rawRest(url, token);
  const contents: string[] = [];
  let before = '';
  for (;;) {
    const page = await ok(
      rest.get<{ items: { id: string; content: string }[]; has_more: boolean }>(
        `/api/v1/channels/${channelId}/messages?limit=100${before}`,
      ),
    );
    contents.push(...page.items.map(({ content }) => content));
    if (!page.has_more) return contents;
    before = `&before=${page.items.at(-1)?.id}`;
  }
}
