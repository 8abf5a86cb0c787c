import { type ChannelPresence, Op, type ServerFrame, type User } from '@snug/protocol';
import { createServer, identify, join, ok, type RawGateway, send, startInstance } from '@snug/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { API, meet, openGathering, settled } from './gathering.ts';

const gathering = await openGathering();
const { newcomer, open } = gathering;
afterAll(() => gathering[Symbol.asyncDispose]());

/** What has come of these types once presence has settled; the frames are read by that. */
async function heard(gateway: RawGateway, ...types: string[]): Promise<ServerFrame[]> {
  await settled();
  await gateway.request('user.me');
  const waiting = gateway.waiting() as ServerFrame[];
  return waiting.splice(0).filter(({ t }) => t !== undefined && types.includes(t));
}
describe('rooms', () => {
  test('[PRES6] those who are active in a channel are told of each other, and nobody else is', async () => {
    const [ada, bo, eve] = [await newcomer(), await newcomer(), await newcomer()];
    const { serverId, channelId } = await meet(ada, bo, eve);
    const [adas, bos, eves] = [await open(ada), await open(bo), await open(eve)];
    const enter = (gateway: RawGateway, channel_id: string | null) =>
      gateway.send({ op: Op.PRESENCE_UPDATE, d: { status: 'online', channel_id } });
    const told = async (gateway: RawGateway): Promise<ChannelPresence | undefined> =>
      (await heard(gateway, 'CHANNEL_PRESENCE')).at(-1)?.d as ChannelPresence | undefined;
    enter(adas, channelId);
    expect(await told(adas)).toEqual({ channel_id: channelId, user_ids: [ada.id], count: 1 });
    enter(bos, channelId);
    const both = { channel_id: channelId, user_ids: [ada.id, bo.id].sort(), count: 2 };
    expect([await told(adas), await told(bos), await told(eves)]).toEqual([both, both, undefined]);
    enter(bos, null);
    expect(await told(adas)).toMatchObject({ user_ids: [ada.id] });
    // Sight of it is lost: active there no more, and told nothing.
    enter(bos, channelId);
    await told(adas);
    await told(bos);
    await ok(bo.rest.delete(`${API}/servers/${serverId}/members/${bo.id}`));
    expect(await told(adas)).toMatchObject({ user_ids: [ada.id] });
    enter(eves, channelId);
    expect(await told(bos)).toBeUndefined();
    expect((await told(adas))?.user_ids).toContain(eve.id);
    await told(eves);
    await ok(ada.rest.patch(`${API}/channels/${channelId}`, { is_private: true }));
    expect(await told(adas)).toMatchObject({ user_ids: [ada.id], count: 1 });
    adas.send({ op: Op.PRESENCE_UPDATE, d: { status: 'invisible' } });
    expect(await told(adas)).toMatchObject({ user_ids: [], count: 0 });
    expect(await told(eves)).toBeUndefined();
    await eves.close();
    for (const gateway of [adas, bos]) await gateway.close();
  });

  test('[PRES6] a channel that is not in sight is none', async () => {
    const [ada, bo] = [await newcomer(), await newcomer()];
    const { channelId } = await meet(ada);
    const bos = await open(bo);
    bos.send({ op: Op.PRESENCE_UPDATE, d: { status: 'idle', channel_id: channelId } });
    const refused = await bos.until(({ op }) => op === Op.RESPONSE);
    expect(refused.d).toMatchObject({ ok: false, error: { code: 'UNKNOWN_CHANNEL' } });
    // Nothing of it was done.
    expect((await ok(bo.rest.get<User>(`${API}/users/@me`))).status).toBe('online');
    await bos.close();
  });
});

describe('typing', () => {
  test('[PRES7] said once in five seconds, taken back only after it, and anew after a message', async () => {
    let now = Date.now();
    await using own = await startInstance({ now: () => now });
    const [ada, bo] = [await own.signUp('ada'), await own.signUp('bo')];
    const { server, channel } = await createServer(ada);
    await join(ada, server.id, bo);
    const { gateway } = await identify(own.url, bo.token);
    const path = `${API}/channels/${channel.id}/typing`;
    const start = () => ok(ada.rest.post(path));
    const stop = () => ok(ada.rest.delete(path));
    const told = async (): Promise<string[]> => {
      await gateway.request('user.me');
      const waiting = gateway.waiting() as ServerFrame[];
      return waiting.splice(0).flatMap(({ t }) => (t?.startsWith('TYPING') ? [t] : []));
    };
    await stop();
    expect(await told()).toEqual([]);
    await start();
    await start();
    expect(await told()).toEqual(['TYPING_START']);
    now += 4999;
    await start();
    expect(await told()).toEqual([]);
    now += 1;
    await start();
    expect(await told()).toEqual(['TYPING_START']);
    await stop();
    await stop();
    expect(await told()).toEqual(['TYPING_STOP']);
    await start();
    await send(ada, channel.id, 'typed');
    await start();
    expect(await told()).toEqual(['TYPING_START', 'TYPING_START']);
    await gateway.close();
  });
});
