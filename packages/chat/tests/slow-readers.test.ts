import type { Socket } from 'node:net';
import type { Message } from '@snug/protocol';
import { CloseCode, Op } from '@snug/protocol';
import { openStuckSocket, type StuckSocket, startInstance } from '@snug/testkit';
import { House } from '@snug/testkit/suites/house';
import { describe, expect, test } from 'vitest';

const BUFFER = 128 * 1024;
const WORDS = 'x'.repeat(3900);
/** What the system's own socket buffers hold at most on this machine, and a good deal more. */
const ENOUGH = 4000;

async function open(): Promise<House> {
  return House.open((options) => startInstance(options), { reader_buffer: BUFFER });
}

/** Messages in one channel until `isEnough`, quickly: through the command table of this process. */
async function flood(house: House, channelId: string, isEnough: () => Promise<boolean>): Promise<void> {
  const { chat } = house.instance.running;
  const actor = await chat.actorOf(house.ada.token, 'flood');
  for (let sent = 0; sent < ENOUGH && !(await isEnough()); sent += 50) {
    const sends = Array.from({ length: 50 }, (_, index) =>
      chat.dispatch('message.send', { channel_id: channelId, content: `${sent + index} ${WORDS}` }, actor),
    );
    await Promise.all(sends);
  }
}

async function slowReaders(house: House): Promise<number> {
  const { body } = await house.instance.rest().get<string>('/metrics');
  return Number(/^snug_slow_readers_total (\d+)/m.exec(body)?.[1]);
}

/** A reader that takes READY (or what it missed) and then reads nothing more, until it is cut off. */
async function stuckUntilCut(house: House, channelId: string, since: number | null): Promise<StuckSocket> {
  const socket = await openStuckSocket(house.instance.port);
  const { token } = house.bo;
  socket.send(since === null ? { op: Op.IDENTIFY, d: { token } } : { op: Op.RESUME, d: { token, seq: since } });
  await socket.until(({ t, op }) => t === 'READY' || t === 'RESUMED' || op === Op.INVALID_SESSION);
  if (socket.frames.some(({ op }) => op === Op.INVALID_SESSION)) return socket;
  socket.stopReading();
  const before = await slowReaders(house);
  await flood(house, channelId, async () => (await slowReaders(house)) > before);
  expect(await slowReaders(house)).toBe(before + 1);
  socket.goOnReading();
  expect(await socket.closed).toBe(CloseCode.READER_TOO_SLOW);
  return socket;
}

const contents = (socket: StuckSocket): string[] =>
  socket.frames.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => (d as Message).content);

describe('a reader that does not read', () => {
  test('[DLV21] [E28] is cut off with a resumable code, within a bounded buffer, and catches up exactly', async () => {
    await using house = await open();
    const { channel } = await house.place(house.bo);
    const serverSockets = new Set<Socket>();
    house.instance.running.app.server.on('connection', (socket) => serverSockets.add(socket));
    let most = 0;
    const sampler = setInterval(() => {
      for (const socket of serverSockets) most = Math.max(most, socket.writableLength);
    }, 1);
    const socket = await stuckUntilCut(house, channel.id, null);
    clearInterval(sampler);
    // The bound, and what one turn may add before it is looked at: one batch of this flood.
    expect(most).toBeGreaterThan(BUFFER / 2);
    expect(most).toBeLessThan(BUFFER + 50 * 2 * (WORDS.length + 1000));
    const journal = house.journal(house.bo);
    journal.cursor = socket.cursor;
    await journal.connect('sse');
    await journal.reached(await house.head());
    await journal.drop();
    expect(journal.resets).toEqual([]);
    const rest = journal.of<Message>('MESSAGE_CREATE').map(({ d }) => d.content);
    const said = await house.logged([`channel:${channel.id}`]);
    const all = [...contents(socket), ...rest];
    // That somebody came in is no message of the flood.
    const flooded = said.filter(({ type, actor }) => type === 'MESSAGE_CREATE' && actor === house.ada.id);
    expect(all).toHaveLength(flooded.length);
    expect(all.map((content) => Number.parseInt(content, 10))).toEqual(all.map((_, index) => index));
  }, 60_000);

  test('[DLV22] [E28] three times in a minute is a reset, on every transport', async () => {
    await using house = await open();
    const { channel } = await house.place(house.bo);
    let since: number | null = null;
    for (let time = 0; time < 3; time++) since = (await stuckUntilCut(house, channel.id, since)).cursor;
    for (const transport of ['gateway', 'sync', 'sse'] as const) {
      const journal = house.journal(house.bo);
      journal.cursor = since;
      await journal.connect(transport);
      await journal.drop();
      expect(journal.resets).toEqual(['READER_TOO_SLOW']);
      expect(journal.of('MESSAGE_CREATE')).toEqual([]);
    }
    // Of another session of the same person nothing is held back.
    const other = house.journal(house.cy);
    await other.connect('gateway');
    await other.drop();
    expect(other.resets).toEqual([]);
  }, 60_000);

  test('[DLV21] [E28] what does not last is left out first', async () => {
    await using house = await open();
    const { channel } = await house.place(house.bo);
    const socket = await openStuckSocket(house.instance.port);
    socket.send({ op: Op.IDENTIFY, d: { token: house.bo.token } });
    await socket.until(({ t }) => t === 'READY');
    socket.stopReading();
    const { chat } = house.instance.running;
    const actor = await chat.actorOf(house.ada.token, 'typing');
    for (let typed = 0; typed < 60_000; typed += 500) {
      await Promise.all(
        Array.from({ length: 500 }, () => chat.dispatch('typing.start', { channel_id: channel.id }, actor)),
      );
    }
    expect(await slowReaders(house)).toBe(0);
    socket.goOnReading();
    const [said] = await house.say(house.ada, channel.id, 'still here');
    await socket.until(({ t, d }) => t === 'MESSAGE_CREATE' && (d as Message).id === said?.id);
    expect(socket.frames.filter(({ t }) => t === 'TYPING_START').length).toBeLessThan(60_000);
    socket.destroy();
  }, 60_000);
});
