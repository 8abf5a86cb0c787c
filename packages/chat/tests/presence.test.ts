import {
  type Channel,
  type MembersChunk,
  Op,
  type Presence,
  type Ready,
  type ServerFrame,
  type User,
} from '@snug/protocol';
import { identify, ok, openGateway, type Person, type RawGateway } from '@snug/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { API, meet, openGathering, settled } from './gathering.ts';

const gathering = await openGathering();
const { instance, newcomer, open } = gathering;
afterAll(() => gathering[Symbol.asyncDispose]());
const openDm = (who: Person, whom: Person): Promise<Channel> =>
  ok(who.rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: whom.id }));
const befriend = async (a: Person, b: Person): Promise<void> => {
  await ok(a.rest.put(`${API}/users/@me/relationships/${b.id}`, { type: 'friend' }));
  await ok(b.rest.put(`${API}/users/@me/relationships/${a.id}`, { type: 'friend' }));
};

async function members(gateway: RawGateway, server_id: string, more: object = {}): Promise<MembersChunk> {
  gateway.send({ op: Op.REQUEST_MEMBERS, d: { server_id, ...more } });
  return (await gateway.dispatch<MembersChunk>('SERVER_MEMBERS_CHUNK')).d;
}

/** What has come of these types once presence has settled; the frames are read by that. */
async function heard(gateway: RawGateway, ...types: string[]): Promise<ServerFrame[]> {
  await settled();
  await gateway.request('user.me');
  const waiting = gateway.waiting() as ServerFrame[];
  return waiting.splice(0).filter(({ t }) => t !== undefined && types.includes(t));
}
const presencesHeard = async (gateway: RawGateway): Promise<string[]> =>
  (await heard(gateway, 'PRESENCE_UPDATE')).map(({ d }) => (d as Presence).status);

describe('invisible is offline', () => {
  test('[PRES2] [DLV26] on every path: updates, lists, profiles, typing, rooms, last seen', async () => {
    const [ada, bo] = [await newcomer(), await newcomer()];
    const { serverId, channelId } = await meet(ada, bo);
    const dm = await openDm(ada, bo);
    await befriend(ada, bo);
    const watcher = await open(ada);
    await members(watcher, serverId);
    watcher.send({ op: Op.PRESENCE_UPDATE, d: { status: 'online', channel_id: channelId } });
    await heard(watcher);
    const ghost = await open(bo, 'invisible');
    ghost.send({
      op: Op.PRESENCE_UPDATE,
      d: { status: 'invisible', activities: [{ type: 'playing', name: 'chess' }], channel_id: channelId },
    });
    for (const channel of [channelId, dm.id])
      expect((await ghost.request('typing.start', { channel_id: channel })).ok).toBe(true);
    await ghost.request('typing.stop', { channel_id: channelId });
    expect(await heard(watcher, 'PRESENCE_UPDATE', 'TYPING_START', 'TYPING_STOP', 'CHANNEL_PRESENCE')).toEqual([]);
    const chunk = await members(watcher, serverId);
    expect([chunk.online, chunk.presences.map(({ user_id }) => user_id)]).toEqual([1, [ada.id]]);
    expect((await ok(ada.rest.get<User>(`${API}/users/${bo.id}`))).status).toBe('offline');
    expect((await ok(ada.rest.get<{ items: User[] }>(`${API}/users/search?q=${bo.username}`))).items).toMatchObject([
      { status: 'offline' },
    ]);
    expect(((await identify(instance.url, ada.token)).ready.d as Ready).presences).toEqual([]);
    // They know themselves.
    expect((await ok(bo.rest.get<User>(`${API}/users/@me`))).status).toBe('invisible');
    await ghost.close();
    expect(await heard(watcher, 'PRESENCE_UPDATE', 'CHANNEL_PRESENCE')).toEqual([]);
    await watcher.close();
  });

  test('[PRES2] going invisible looks like leaving, to the second', async () => {
    const [ada, bo, eve] = [await newcomer(), await newcomer(), await newcomer()];
    await meet(ada, bo, eve);
    await befriend(ada, bo);
    await befriend(ada, eve);
    const watcher = await open(ada);
    const [bos, eves] = [await open(bo), await open(eve)];
    await heard(watcher);
    const before = Date.now();
    bos.send({ op: Op.PRESENCE_UPDATE, d: { status: 'invisible' } });
    await eves.close();
    const told = (await heard(watcher, 'PRESENCE_UPDATE')).map(({ d }) => d as Presence);
    const shape = ({ user_id: _, last_seen_at, ...rest }: Presence) => ({
      ...rest,
      seen: Math.abs(Date.parse(last_seen_at as string) - before) < 2000,
    });
    expect(told.map(shape)).toEqual([
      { status: 'offline', custom_status: '', activities: [], client_info: {}, seen: true },
      { status: 'offline', custom_status: '', activities: [], client_info: {}, seen: true },
    ]);
    // And leaving for real is no news then.
    await bos.close();
    expect(await presencesHeard(watcher)).toEqual([]);
    await watcher.close();
  });

  test('[PRES2] who hid stays hidden over a resume and a poll, whether they say it again or not', async () => {
    const [ada, bo] = [await newcomer(), await newcomer()];
    await meet(ada, bo);
    await befriend(ada, bo);
    const watcher = await open(ada);
    const ghost = await open(bo, 'online');
    expect(await presencesHeard(watcher)).toEqual(['online']);
    ghost.send({ op: Op.PRESENCE_UPDATE, d: { status: 'invisible' } });
    expect(await presencesHeard(watcher)).toEqual(['offline']);
    const cursor = ghost.cursor;
    await ghost.close();
    const again = await openGateway(instance.url);
    again.send({ op: Op.RESUME, d: { token: bo.token, seq: cursor } });
    await again.dispatch('RESUMED');
    expect(await presencesHeard(watcher)).toEqual([]);
    await again.close();
    const { next } = await ok(bo.rest.get<{ next: number }>(`${API}/sync?since=${cursor}&timeout=0`));
    expect(await presencesHeard(watcher)).toEqual([]);
    // A poll may say it, too, and the one that is there now counts.
    await ok(bo.rest.get(`${API}/sync?since=${next}&timeout=0&status=idle`));
    expect(await presencesHeard(watcher)).toEqual(['idle']);
    await ok(bo.rest.get(`${API}/sync?since=${next}&timeout=0&status=invisible`));
    expect(await presencesHeard(watcher)).toEqual(['offline']);
    await watcher.close();
  });

  test('[PRES1] several devices are one status, the most present; an invisible one hides itself only', async () => {
    const [ada, bo] = [await newcomer(), await newcomer()];
    await meet(ada, bo);
    await befriend(ada, bo);
    const watcher = await open(ada);
    const [desktop, phone] = [
      (await identify(instance.url, bo.token, { properties: { device: 'desktop' }, presence: { status: 'idle' } }))
        .gateway,
      (await identify(instance.url, bo.token, { properties: { device: 'mobile' }, presence: { status: 'dnd' } }))
        .gateway,
    ];
    const last = async () => (await heard(watcher, 'PRESENCE_UPDATE')).map(({ d }) => d as Presence).at(-1);
    expect(await last()).toMatchObject({ status: 'dnd', client_info: { desktop: 'idle', mobile: 'dnd' } });
    phone.send({
      op: Op.PRESENCE_UPDATE,
      d: { status: 'invisible', activities: [{ type: 'hiding', name: 'secret' }] },
    });
    const hidden = await last();
    expect(hidden).toMatchObject({ status: 'idle', client_info: { desktop: 'idle' }, activities: [] });
    expect(hidden?.client_info).toEqual({ desktop: 'idle' });
    await desktop.close();
    expect(await last()).toMatchObject({ status: 'offline', client_info: {} });
    await phone.close();
    await watcher.close();
  });
});

describe('who is followed', () => {
  test('[PRES3] friends and partners, from the moment they are that and no longer', async () => {
    const [ada, bo] = [await newcomer(), await newcomer()];
    await meet(ada, bo);
    const [watcher, bos] = [await open(ada), await open(bo)];
    expect(await presencesHeard(watcher)).toEqual([]);
    await befriend(ada, bo);
    expect(await presencesHeard(watcher)).toEqual(['online']);
    bos.send({ op: Op.PRESENCE_UPDATE, d: { status: 'idle' } });
    expect(await presencesHeard(watcher)).toEqual(['idle']);
    await ok(bo.rest.delete(`${API}/users/@me/relationships/${ada.id}`));
    bos.send({ op: Op.PRESENCE_UPDATE, d: { status: 'dnd' } });
    expect(await presencesHeard(watcher)).toEqual([]);
    await openDm(bo, ada);
    expect(await presencesHeard(watcher)).toEqual(['dnd']);
    const { ready } = await identify(instance.url, ada.token);
    expect((ready.d as Ready).presences).toMatchObject([{ user_id: bo.id, status: 'dnd' }]);
    await watcher.close();
    await bos.close();
  });

  test('[PRES4] who resumes is told what changed while it was away, and of nobody else', async () => {
    const [ada, bo, eve] = [await newcomer(), await newcomer(), await newcomer()];
    await meet(ada, bo, eve);
    await openDm(ada, bo);
    await openDm(ada, eve);
    const [watcher, bos, eves] = [await open(ada), await open(bo), await open(eve)];
    await heard(watcher);
    const cursor = watcher.cursor;
    await watcher.close();
    await settled();
    await bos.close();
    await settled();
    const again = await openGateway(instance.url);
    again.send({ op: Op.RESUME, d: { token: ada.token, session_id: 'x', seq: cursor } });
    const told = (await heard(again, 'PRESENCE_UPDATE')).map(({ d }) => d as Presence);
    expect(told).toMatchObject([{ user_id: bo.id, status: 'offline' }]);
    eves.send({ op: Op.PRESENCE_UPDATE, d: { status: 'idle' } });
    expect(await presencesHeard(again)).toEqual(['idle']);
    await again.close();
    await eves.close();
  });

  test('[PRES4] [PRES8] a poll brings what changed since the last; a session that was signed out is gone at once', async () => {
    const [ada, bo] = [await newcomer(), await newcomer()];
    await meet(ada, bo);
    await befriend(ada, bo);
    type Answer = { next: number; ephemeral: { t: string; d: Presence }[] };
    const poll = (who: Person, since: number, timeout: number) =>
      ok(who.rest.get<Answer>(`${API}/sync?since=${since}&timeout=${timeout}`));
    const { next } = await ok(ada.rest.get<Answer>(`${API}/sync`));
    await settled();
    const bos = await open(bo);
    await settled();
    const { ephemeral } = await poll(ada, next, 0);
    expect(ephemeral.map(({ t, d }) => [t, d.user_id, d.status])).toEqual([['PRESENCE_UPDATE', bo.id, 'online']]);
    const quiet = await poll(ada, next, 100);
    expect(quiet.ephemeral).toEqual([]);
    // Between two polls somebody who polls is there, until they sign out.
    expect((await ok(bo.rest.get<User>(`${API}/users/${ada.id}`))).status).toBe('online');
    await heard(bos);
    await ok(ada.rest.post(`${API}/auth/logout`));
    expect((await ok(bo.rest.get<User>(`${API}/users/${ada.id}`))).status).toBe('offline');
    expect(await presencesHeard(bos)).toEqual(['offline']);
    await bos.close();
  });

  test('[PRES5] a stretch that was asked for stays followed with the next; a left server is not, nor who left it', async () => {
    const [ada, bo, eve] = [await newcomer(), await newcomer(), await newcomer()];
    const { serverId } = await meet(ada, bo, eve);
    const [watcher, bos, eves] = [await open(ada), await open(bo), await open(eve)];
    await members(watcher, serverId, { user_ids: [bo.id] });
    await members(watcher, serverId, { user_ids: [eve.id] });
    await heard(watcher);
    bos.send({ op: Op.PRESENCE_UPDATE, d: { status: 'idle' } });
    eves.send({ op: Op.PRESENCE_UPDATE, d: { status: 'dnd' } });
    expect((await presencesHeard(watcher)).sort()).toEqual(['dnd', 'idle']);
    await ok(bo.rest.delete(`${API}/servers/${serverId}/members/${bo.id}`));
    bos.send({ op: Op.PRESENCE_UPDATE, d: { status: 'online' } });
    expect(await presencesHeard(watcher)).toEqual([]);
    await members(eves, serverId);
    await ok(ada.rest.delete(`${API}/servers/${serverId}/members/${eve.id}`));
    await heard(eves);
    watcher.send({ op: Op.PRESENCE_UPDATE, d: { status: 'dnd' } });
    expect(await presencesHeard(eves)).toEqual([]);
    for (const gateway of [watcher, bos, eves]) await gateway.close();
  });
});
