import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message, MessagePage } from '@snug/protocol';
import { Op } from '@snug/protocol';
import {
  createServer,
  identify,
  Journal,
  join as joinServer,
  ok,
  type Person,
  type RawGateway,
  rawRest,
  type SnugProcess,
  send,
  signUp,
  startProcess,
} from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const HAS_COMPILER = spawnSync('gcc', ['--version']).status === 0;
const MUST_RUN = process.env.SNUG_REQUIRE_ALL === '1';

/** Holds back what the process syncs of the log, while the flag is up. */
class Shim {
  readonly folder = mkdtempSync(join(tmpdir(), 'snug-fsync-'));
  readonly library = join(this.folder, 'fsync-shim.so');
  readonly #flag = join(this.folder, 'hold');
  readonly #held = join(this.folder, 'held');

  compile(): void {
    const source = join(import.meta.dirname, '../fsync-shim.c');
    execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-Wall', '-o', this.library, source, '-ldl']);
  }

  hold(): void {
    rmSync(this.#held, { force: true });
    writeFileSync(this.#flag, '');
  }

  release(): void {
    rmSync(this.#flag, { force: true });
  }

  get isHeld(): boolean {
    return existsSync(this.#held) && readFileSync(this.#held, 'utf8') !== '';
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A round trip on this socket: whatever was sent on it before has come by then. */
async function roundTrip(gateway: RawGateway): Promise<number> {
  const already = gateway.waiting().length;
  gateway.send({ op: Op.HEARTBEAT, d: gateway.cursor });
  for (;;) {
    const ack = gateway
      .waiting()
      .slice(already)
      .find(({ op }) => op === Op.HEARTBEAT_ACK);
    if (ack !== undefined) return ack.s as number;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const dispatches = (gateway: RawGateway): unknown[] => gateway.waiting().filter(({ op }) => op === Op.DISPATCH);

describe.skipIf(!HAS_COMPILER && !MUST_RUN)('what is acknowledged is on the disk', () => {
  const shim = new Shim();
  let snug: SnugProcess;
  let ada: Person;
  let bo: Person;
  let channel: string;

  beforeAll(async () => {
    shim.compile();
    snug = await startProcess({ env: { LD_PRELOAD: shim.library, FSYNC_SHIM_FOLDER: shim.folder } });
    [ada, bo] = [await signUp(snug.url, 'ada'), await signUp(snug.url, 'bo')];
    const place = await createServer(ada);
    channel = place.channel.id;
    await joinServer(ada, place.server.id, bo);
  });
  afterAll(async () => {
    shim.release();
    await snug?.[Symbol.asyncDispose]();
    shim[Symbol.dispose]();
  });

  test('[LOG8] [E16] no answer and no dispatch leaves before the fsync returns, on any transport', async () => {
    const { gateway: sender } = await identify(snug.url, ada.token);
    const { gateway: reader } = await identify(snug.url, bo.token);
    await using _one = sender;
    await using _two = reader;
    const journals = [new Journal(snug.url, bo.token), new Journal(snug.url, bo.token)];
    await journals[0]?.connect('sync');
    await journals[1]?.connect('sse');
    for (let round = 0; round < 3; round++) {
      const before = reader.cursor;
      shim.hold();
      const answered: string[] = [];
      const sends = [
        sender
          .request('message.send', { channel_id: channel, content: `gateway ${round}` })
          .then(() => answered.push('gateway')),
        send(bo, channel, `rest ${round}`).then(() => answered.push('rest')),
        ...Array.from({ length: 5 }, () => send(ada, channel, `batch ${round}`).then(() => answered.push('batch'))),
      ];
      // Either the disk is asked first, or somebody was answered without it.
      while (!shim.isHeld && answered.length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(answered).toEqual([]);
      // The process is alive and answers whoever asks; what was sent is nowhere to be heard or read.
      for (let trip = 0; trip < 20; trip++) {
        expect(await roundTrip(sender)).toBeLessThanOrEqual(Math.max(before, sender.cursor));
        await roundTrip(reader);
        expect((await rawRest(snug.url).get('/healthz')).status).toBe(200);
      }
      const page = await ok(bo.rest.get<MessagePage>(`/api/v1/channels/${channel}/messages`));
      expect(page.items.filter(({ content }) => content.endsWith(` ${round}`))).toEqual([]);
      expect(answered).toEqual([]);
      expect([...dispatches(reader), ...dispatches(sender)]).toEqual([]);
      for (const journal of journals) expect(journal.of('MESSAGE_CREATE')).toHaveLength(7 * round);
      shim.release();
      await Promise.all(sends);
      for (let heard = 0; heard < 7; heard++) {
        await reader.dispatch('MESSAGE_CREATE');
        await sender.dispatch('MESSAGE_CREATE');
      }
      for (const journal of journals)
        await journal.until(() => journal.of('MESSAGE_CREATE').length === 7 * (round + 1));
    }
    for (const journal of journals) await journal.drop();
  }, 60_000);

  test('[LOG8] [CMD8] [OUT5] killed while the disk is asked, a retry with the same nonce makes one message', async () => {
    shim.hold();
    const lost = send(ada, channel, 'was it written?', { nonce: 'lost' }).catch((error: Error) => error);
    while (!shim.isHeld) await new Promise((resolve) => setImmediate(resolve));
    await snug.kill('SIGKILL');
    expect(await lost).toBeInstanceOf(Error);
    shim.release();
    await snug.restart();
    const again = await Promise.all([1, 2].map(() => send(ada, channel, 'was it written?', { nonce: 'lost' })));
    expect(again[0]?.id).toBe(again[1]?.id);
    const page = await ok(bo.rest.get<MessagePage>(`/api/v1/channels/${channel}/messages`));
    expect(page.items.filter(({ content }: Message) => content === 'was it written?')).toHaveLength(1);
  }, 60_000);
});

if (!HAS_COMPILER && !MUST_RUN)
  console.warn('skipped: durable.test.ts needs gcc (SNUG_REQUIRE_ALL=1 makes this a failure)');
