/** docs/delivery.md, executed: its examples are sent as they stand there, with real tokens and ids in their places. */
import { readFileSync } from 'node:fs';
import { createServer, openGateway, rawRest, signUp, startInstance } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../steps/repository.mjs';

const PAGE = readFileSync(inRoot('docs/delivery.md'), 'utf8');
/** Frames of the page, in order, client's and server's. A server's is shortened with "...": op, t and reason count. */
const FRAMES = [...PAGE.matchAll(/^ {4}(->|<-) (\{.*)$/gm)].map(([, arrow, text]) => ({
  isOurs: arrow === '->',
  text,
  op: Number(/"op":(\d+)/.exec(text)[1]),
  t: /"t":"(\w+)"/.exec(text)?.[1],
}));
const PASSWORD = 'a long enough password';

let instance;
let ada;
let place;
beforeAll(async () => {
  instance = await startInstance();
  ada = await signUp(instance.url, 'ada', { password: PASSWORD });
  place = await createServer(ada);
});
afterAll(() => instance[Symbol.asyncDispose]());

/** The nth frame with this op that the page has a client send. */
function ours(op, nth = 0) {
  return JSON.parse(FRAMES.filter((frame) => frame.isOurs && frame.op === op)[nth].text);
}

describe('signing in', () => {
  it('works as the page says, by body and with rotation', async () => {
    const [, path, body] = /POST (\S+login) +(\{.*\})/.exec(PAGE);
    const signedIn = await rawRest(instance.url).post(path, { ...JSON.parse(body), password: PASSWORD });
    expect(signedIn.status).toBe(200);
    for (const field of ['user', 'session_id', 'access_token', 'expires_in', 'refresh_token']) {
      expect(signedIn.body).toHaveProperty(field);
    }
    const [, refreshPath, refreshBody] = /POST (\S+refresh) +(\{.*\})/.exec(PAGE);
    const given = { ...JSON.parse(refreshBody), refresh_token: signedIn.body.refresh_token };
    const refreshed = await rawRest(instance.url).post(refreshPath, given);
    expect(refreshed.status).toBe(200);
    expect(refreshed.body.refresh_token).not.toBe(signedIn.body.refresh_token);
  });

  it('[AUTH17] a ticket opens the gateway, once', async () => {
    const { body } = await ada.rest.post('/api/v1/auth/tickets', {});
    await using gateway = await openGateway(instance.url, `?ticket=${body.ticket}`);
    await gateway.dispatch('READY');
    await using again = await openGateway(instance.url, `?ticket=${body.ticket}`);
    expect((await again.closed).code).toBe(4004);
  });
});

describe('the gateway', () => {
  it('[GW1] [GW2] [GW4] [GW6] goes through the dialogue of the page', async () => {
    let cursor;
    {
      await using gateway = await openGateway(instance.url);
      const hello = await gateway.next();
      expect(hello).toEqual(JSON.parse(FRAMES[0].text));
      const identify = ours(2);
      gateway.send({ ...identify, d: { ...identify.d, token: ada.token } });
      const ready = await gateway.dispatch('READY');
      for (const field of ['session_id', 'user', 'servers', 'dms']) expect(ready.d).toHaveProperty(field);

      const request = ours(12);
      gateway.send({ ...request, d: { ...request.d, params: { ...request.d.params, channel_id: place.channel.id } } });
      const answer = await gateway.until((frame) => frame.op === 13);
      expect(answer.d).toMatchObject({ id: request.d.id, ok: true, position: expect.any(Number) });

      cursor = ready.s;
      gateway.send({ ...ours(1), d: gateway.cursor });
      const ack = await gateway.until((frame) => frame.op === 11);
      expect(ack.s).toBeGreaterThanOrEqual(cursor);
    }
    const resume = ours(6);
    await using gateway = await openGateway(instance.url);
    gateway.send({ ...resume, d: { ...resume.d, token: ada.token, seq: cursor } });
    const missed = await gateway.dispatch('MESSAGE_CREATE');
    expect(missed.d).toMatchObject({ content: ours(12).d.params.content, nonce: ours(12).d.params.nonce });
    expect(await gateway.dispatch('RESUMED')).toMatchObject({ s: expect.any(Number) });
  });

  it('[DLV9] a cursor that cannot be continued is answered by op 9, and Identify goes on the same socket', async () => {
    await using gateway = await openGateway(instance.url);
    gateway.send({ op: 6, d: { token: ada.token, seq: 2 ** 40 } });
    expect(await gateway.until((frame) => frame.op === 9)).toMatchObject({ d: false, reason: 'UNKNOWN_POSITION' });
    gateway.send({ ...ours(2), d: { token: ada.token } });
    await gateway.dispatch('READY');
  });
});

describe('without a socket', () => {
  it('[SYNC1] [SYNC2] the long poll begins with a snapshot and goes on from `next`', async () => {
    const [first, second] = [...PAGE.matchAll(/GET (\/api\/v1\/sync\S*)/g)].map((match) => match[1]).slice(1);
    const fresh = await ada.rest.get(first);
    expect(Object.keys(fresh.body).toSorted()).toEqual(['ephemeral', 'events', 'next', 'snapshot']);
    await ada.rest.post(`/api/v1/channels/${place.channel.id}/messages`, { content: 'while it waits' });
    const more = await ada.rest.get(second.replace(/since=\d+/, `since=${fresh.body.next}`));
    expect(more.body.events).toContainEqual({ t: 'MESSAGE_CREATE', s: expect.any(Number), d: expect.anything() });
    expect(more.body.next).toBeGreaterThan(fresh.body.next);
  });

  it('[SSE1] [SSE2] the event stream begins with READY and names its position', async () => {
    const [, path] = /curl .*localhost:8080(\/\S+)/.exec(PAGE);
    const stop = new AbortController();
    const headers = { authorization: `Bearer ${ada.token}` };
    const response = await fetch(instance.url + path, { headers, signal: stop.signal });
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('\n\n')) break;
    }
    stop.abort();
    expect(text.split('\n').find((line) => line.startsWith('event:'))).toBe('event: READY');
    expect(text).toMatch(/^id: \d+$/m);
    expect(text).toMatch(/^data: \{/m);
  });
});

describe('saying something', () => {
  it('[CMD8] again with the same nonce is the same message', async () => {
    const path = `/api/v1/channels/${place.channel.id}/messages`;
    const first = await ada.rest.post(path, { content: 'once', nonce: 'n-18' });
    const again = await ada.rest.post(path, { content: 'once', nonce: 'n-18' });
    expect(again.body.id).toBe(first.body.id);
  });

  it('[DLV18] an answer that reads carries its position', async () => {
    const { headers } = await ada.rest.get(`/api/v1/channels/${place.channel.id}/messages`);
    expect(Number(headers.get('snug-position'))).toBeGreaterThan(0);
  });
});
