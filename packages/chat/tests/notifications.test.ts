import { type Channel, LIMITS, type NotificationSetting, type Problem, type Ready } from '@snug/protocol';
import { createServer, identify, join, ok, type Person, startInstance, type TestInstance } from '@snug/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance[Symbol.asyncDispose]());

const BASE = '/api/v1/users/@me/notifications';
const FOR_GOOD = '9999-12-31T23:59:59.000Z';
let made = 0;
const newcomer = (): Promise<Person> => instance.signUp(`person${++made}`);
const set = (who: Person, target: string, change: object) =>
  who.rest.put<NotificationSetting & Problem>(`${BASE}/${target}`, change);
const list = async (who: Person, query = ''): Promise<NotificationSetting[]> =>
  (await ok(who.rest.get<{ items: NotificationSetting[] }>(BASE + query))).items;
const inReady = async (who: Person): Promise<NotificationSetting[]> =>
  ((await identify(instance.url, who.token)).ready.d as Ready).notification_settings;

test('[NOTIFY1] [NOTIFY2] a server and a channel: set, told to the own devices, partly changed, gone', async () => {
  const ada = await newcomer();
  const { server, channel } = await createServer(ada);
  const { gateway } = await identify(instance.url, ada.token);
  const muted = { target_id: server.id, level: null, muted_until: FOR_GOOD };
  expect((await set(ada, server.id, { muted_until: FOR_GOOD })).body).toEqual(muted);
  expect((await gateway.dispatch('NOTIFICATION_UPDATE')).d).toEqual(muted);
  await ok(set(ada, channel.id, { level: 'all' }));
  expect((await set(ada, server.id, { level: 'mentions' })).body).toEqual({ ...muted, level: 'mentions' });
  const all = [
    { ...muted, level: 'mentions' },
    { target_id: channel.id, level: 'all', muted_until: null },
  ].sort((a, b) => (a.target_id < b.target_id ? -1 : 1));
  expect(await list(ada)).toEqual(all);
  expect(await inReady(ada)).toEqual(all);
  expect(await list(ada, '?limit=1')).toEqual(all.slice(0, 1));
  expect(await list(ada, `?after=${all[0]?.target_id}`)).toEqual(all.slice(1));
  await ok(set(ada, server.id, { level: null, muted_until: null }));
  expect((await list(ada)).map(({ target_id }) => target_id)).toEqual([channel.id]);
  await gateway.close();
});

test('[NOTIFY2] two devices that set different fields at once both have their way', async () => {
  const ada = await newcomer();
  const { server } = await createServer(ada);
  for (let round = 0; round < 5; round++) {
    await Promise.all([set(ada, server.id, { level: 'none' }), set(ada, server.id, { muted_until: FOR_GOOD })]);
    expect(await list(ada)).toEqual([{ target_id: server.id, level: 'none', muted_until: FOR_GOOD }]);
    await ok(set(ada, server.id, { level: null, muted_until: null }));
  }
});

test('[NOTIFY1] [NOTIFY3] what is not in sight is no target; a lost one is left out, and back when it is back', async () => {
  const [ada, bo] = [await newcomer(), await newcomer()];
  const { server, channel } = await createServer(ada);
  for (const target of [server.id, channel.id, '01ARZ3NDEKTSV4RRFFQ69G5FAV'])
    expect((await set(bo, target, { level: 'none' })).body.code).toBe('UNKNOWN_TARGET');
  await join(ada, server.id, bo);
  await ok(set(bo, server.id, { level: 'none' }));
  await ok(set(bo, channel.id, { level: 'all' }));
  await ok(bo.rest.delete(`/api/v1/servers/${server.id}/members/${bo.id}`));
  expect([await list(bo), await inReady(bo)]).toEqual([[], []]);
  await join(ada, server.id, bo);
  expect(await list(bo)).toHaveLength(2);
  await ok(ada.rest.delete<Channel>(`/api/v1/servers/${server.id}`));
  expect([await list(bo), await inReady(bo)]).toEqual([[], []]);
});

test('[NOTIFY4] the limit counts targets and not changes', async () => {
  const ada = await newcomer();
  const { server, channel } = await createServer(ada);
  await ok(set(ada, server.id, { level: 'none' }));
  const { chat } = instance.running;
  // As if they had set all of them, one by one.
  const events = Array.from({ length: LIMITS.NOTIFICATION_SETTINGS_PER_USER - 1 }, (_, index) => {
    const target_id = `01KNOTHERE${String(index).padStart(16, '0')}`;
    const body = { target_id, level: 'none' as const, muted_until: null };
    return { type: 'NOTIFICATION_UPDATE' as const, scope: `user:${ada.id}` as const, subject: target_id, body };
  });
  await chat.log.append({ actor: ada.id, at: Date.now(), trace: 'test', events, guards: [] });
  expect((await set(ada, channel.id, { level: 'all' })).body.code).toBe('LIMIT_REACHED');
  await ok(set(ada, server.id, { level: 'all' }));
});
