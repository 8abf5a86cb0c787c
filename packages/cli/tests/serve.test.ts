import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Op } from '@snug/protocol';
import { CLI, createServer, freePort, identify, ok, rawRest, send, signUp, startProcess } from '@snug/testkit';
import { describe, expect, test } from 'vitest';
import { readableLine } from '../src/log-writer.ts';
import { Workplace } from './run-snug.ts';

describe('snug serve', () => {
  test('[CLI5] prints where it is and, while nobody owns it, the link that makes the administrator', async () => {
    await using snug = await startProcess({ settings: { registration: 'invite' } });
    await expect.poll(() => snug.output).toContain(`is running: http://127.0.0.1:${snug.port}`);
    const token = /\/setup\?token=([\w-]+)/.exec(snug.output)?.[1];
    expect(token).toBeDefined();
    expect((await signUp(snug.url, 'ada', { invite: token })).is_admin).toBe(true);
  });

  test('[CLI5] warns that rate limits are off, as JSON with a time', async () => {
    await using snug = await startProcess();
    const warning = snug.output.split('\n').find((line) => line.includes('rate limits are off')) ?? '{}';
    expect(JSON.parse(warning)).toMatchObject({ level: 'warn', at: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('[CLI6] %s tells sockets to come back and ends with 0', async (signal) => {
    await using snug = await startProcess();
    const ada = await signUp(snug.url, 'ada');
    const { gateway } = await identify(snug.url, ada.token);
    const ended = snug.kill(signal);
    await gateway.until((frame) => frame.op === Op.RECONNECT);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(snug.output).toContain('"msg":"stopped"');
  });

  test('[CLI6] a second signal ends it at once, whatever is under way', async () => {
    await using snug = await startProcess();
    const socket = connect(snug.port, '127.0.0.1');
    socket.on('error', () => {}); // The process ends under it: that is the point.
    socket.write(
      'POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    await expect.poll(async () => (await fetch(`${snug.url}/healthz`)).ok).toBe(true);
    process.kill(snug.pid, 'SIGTERM');
    await expect.poll(() => snug.output).toContain('"msg":"stopping"');
    expect(snug.isRunning, 'the premise: it waits for the request').toBe(true);
    expect(await snug.kill('SIGTERM')).toEqual({ code: 1, signal: null });
    expect(snug.output).not.toContain('"msg":"stopped"');
    socket.destroy();
  });

  test('[CLI6] a second start is refused by name, and SIGKILL leaves nothing in its way', async () => {
    await using snug = await startProcess();
    const ada = await signUp(snug.url, 'ada');
    const { channel } = await createServer(ada);
    const sent = await send(ada, channel.id, 'acknowledged');
    const second = spawn(process.execPath, [
      CLI,
      'serve',
      '--data',
      snug.data,
      '--addr',
      `127.0.0.1:${await freePort()}`,
    ]);
    let stderr = '';
    second.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
    });
    const [code] = (await once(second, 'close')) as [number];
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^snug: INSTANCE_RUNNING: .*process ${snug.pid} at ${snug.url}`));
    await snug.restart();
    const found = await ok(rawRest(snug.url, ada.token).get(`/api/v1/channels/${channel.id}/messages/${sent.id}`));
    expect(found).toMatchObject({ content: 'acknowledged' });
  });

  test('[CLI2] a port that is taken is said in one line', async () => {
    await using snug = await startProcess();
    using place = new Workplace();
    const { code, stderr } = await place.spawn(['serve', '--addr', `127.0.0.1:${snug.port}`]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `snug: port ${snug.port} is in use; choose another with --addr, such as --addr :${snug.port + 1}\n`,
    );
  });
});

describe('commands on a running instance', () => {
  test.each([
    ['admin', 'create', '--username', 'ada', '--password', 'correct horse'],
    ['invite', 'create'],
    ['seed'],
    ['migrate'],
    ['import', 'irc', '--owner', 'ada', join(import.meta.dirname, 'fixtures/2007-02-28_small.raw.txt')],
  ])('[E35] %s %s is refused: INSTANCE_RUNNING', async (...args) => {
    await using snug = await startProcess();
    using place = new Workplace();
    const { code, stderr } = await place.snug([...args, '--data', snug.data]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^snug: INSTANCE_RUNNING: /)]);
  });

  test('[CLI7] `log verify` only reads, and may run beside it', async () => {
    await using snug = await startProcess();
    const ada = await signUp(snug.url, 'ada');
    await send(ada, (await createServer(ada)).channel.id, 'hello');
    using place = new Workplace();
    const { code, stdout } = await place.snug(['log', 'verify', '--json', '--data', snug.data]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ equal: true, gaps: 0, integrity: 'ok' });
  });
});

test('[CLI5] at a terminal a log line is readable, and keeps its fields and its stack', () => {
  const line = JSON.stringify({
    level: 'error',
    at: '2026-01-02T03:04:05.678Z',
    err: { stack: 'Error: x\n  at y' },
    n: 3,
    msg: 'failed',
  });
  expect(readableLine(line)).toBe('03:04:05 error failed n=3\nError: x\n  at y');
});

test('[SRV5] files are for their owner only whatever the mask of the shell', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'snug-mask-'));
  const child = spawn('sh', ['-c', `umask 000; exec "$0" "$1" init --data "$2/data"`, process.execPath, CLI, folder], {
    cwd: folder,
  });
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
  const files = readdirSync(join(folder, 'data'));
  expect(files).toContain('chat.db');
  for (const file of files) expect(statSync(join(folder, 'data', file)).mode & 0o077, file).toBe(0);
  expect(readFileSync(join(folder, 'snug.yml'), 'utf8')).toContain('# addr: ":8080"');
  rmSync(folder, { recursive: true });
});
