import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { parseCores } from '../src/process/cpu-pin.ts';
import { answeredId, answeredPosition, createdAt, opOf } from '../src/wire/scan-frame.ts';
import { WireSocket } from '../src/wire/wire-socket.ts';

describe('scanning frames', () => {
  const scan = (text: string) => {
    // With something before and behind it, as frames lie in a buffer.
    const buffer = Buffer.from(`xx${text}{"position":99}}`);
    return { buffer, start: 2, end: 2 + Buffer.byteLength(text) };
  };

  test('finds the position of a message and nothing in other dispatches', () => {
    const message = scan('{"op":0,"t":"MESSAGE_CREATE","s":4711,"d":{"id":"x"}}');
    expect(createdAt(message.buffer, message.start, message.end)).toBe(4711);
    for (const text of ['{"op":0,"t":"MESSAGE_UPDATE","s":4711,"d":{}}', '{"op":11,"s":5}', '{"op":0,"t":"READY"}']) {
      const { buffer, start, end } = scan(text);
      expect(createdAt(buffer, start, end)).toBe(-1);
    }
  });

  test('finds what was answered and where, and tells a refusal from an answer', () => {
    const text = '{"op":13,"d":{"id":12,"ok":true,"result":{"content":"\\"position\\":7"},"position":345}}';
    const answer = scan(text);
    expect(opOf(answer.buffer, answer.start)).toBe(13);
    expect(answeredId(answer.buffer, answer.start, answer.end)).toBe(12);
    expect(answeredPosition(answer.buffer, answer.start, answer.end)).toBe(345);
    const refusal = scan('{"op":13,"d":{"id":3,"ok":false,"error":{"code":"CONFLICT"}}}');
    expect(answeredId(refusal.buffer, refusal.start, refusal.end)).toBe(3);
    expect(answeredPosition(refusal.buffer, refusal.start, refusal.end)).toBe(-1);
  });
});

describe('the generator\u2019s WebSocket', () => {
  test('reads messages of every length, however they are cut, and sends what `ws` understands', async () => {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const server = new WebSocketServer({ server: http, perMessageDeflate: false });
    server.on('connection', (ws) => ws.on('message', (data) => ws.send((data as Buffer).toString('utf8'))));
    const wire = await WireSocket.open({ port: (http.address() as AddressInfo).port });
    const sent = [1, 125, 126, 5000, 60_000].map((length, index) => String(index).repeat(length));
    const big = 'y'.repeat(400_000);
    const heard: string[] = [];
    const all = new Promise<void>((resolve) => {
      wire.onMessage = (buffer, start, end) => {
        heard.push(buffer.toString('utf8', start, end));
        if (heard.length === sent.length + 1) resolve();
      };
    });
    wire.send(...sent);
    for (const ws of server.clients) ws.send(big);
    await all;
    expect(heard.sort()).toEqual([...sent, big].sort());
    await wire.close();
    server.close();
    http.close();
  });

  test('says when the other side ends it', async () => {
    const http = createServer().listen(0, '127.0.0.1');
    await once(http, 'listening');
    const server = new WebSocketServer({ server: http });
    const wire = await WireSocket.open({ port: (http.address() as AddressInfo).port });
    const ended = new Promise<string>((resolve) => {
      wire.onEnd = resolve;
    });
    for (const ws of server.clients) ws.close(4009, 'SESSION_TIMEOUT');
    expect(await ended).toBe('closed with 4009 SESSION_TIMEOUT');
    server.close();
    http.close();
  });
});

test('cores are read as the kernel lists them', () => {
  expect(parseCores('0-1')).toEqual(['0', '1']);
  expect(parseCores('2,5-7')).toEqual(['2', '5', '6', '7']);
  expect(parseCores('3')).toEqual(['3']);
});
