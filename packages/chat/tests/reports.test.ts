import { LIMITS, type Message, type Problem, type Report, type User } from '@snug/protocol';
import {
  createServer,
  identify,
  join,
  ok,
  type Person,
  rawRest,
  send,
  startInstance,
  type TestInstance,
} from '@snug/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let instance: TestInstance;
let admin: Pick<Person, 'id' | 'rest' | 'token'>;
beforeAll(async () => {
  instance = await startInstance();
  const { auth } = instance.running;
  const { id } = await auth.createAccount({ username: 'admin', is_admin: true });
  const { access_token: token } = await auth.openSession(id);
  admin = { id, token, rest: rawRest(instance.url, token) };
});
afterAll(() => instance[Symbol.asyncDispose]());

const API = '/api/v1';
/** What an answer has beside its result where it is a refusal. */
type Refused = Pick<Problem, 'code'>;
let made = 0;
async function newcomer(): Promise<Person> {
  const person = await instance.signUp(`person${++made}`);
  await ok(person.rest.get(`${API}/users/@me`));
  return person;
}

async function talk(content: string) {
  const [bo, eve] = [await newcomer(), await newcomer()];
  const { server, channel } = await createServer(bo);
  await join(bo, server.id, eve);
  const message = await send(bo, channel.id, content);
  return { bo, eve, server, channel, message, of: { channel_id: channel.id, message_id: message.id } };
}

const report = (who: Pick<Person, 'rest'>, body: object) => who.rest.post<Report & Refused>(`${API}/reports`, body);
const show = async (id: string): Promise<Report> => ok(admin.rest.get<Report>(`${API}/admin/reports/${id}`));
const resolve = (id: string, body: object) => admin.rest.patch<Report & Refused>(`${API}/admin/reports/${id}`, body);

test('[REPORT1] a message one sees: what it said is kept as it was, whatever its author does later', async () => {
  const { bo, eve, message, of } = await talk('buy my things');
  const { id } = await ok(report(eve, { ...of, reason: 'spam' }));
  const path = `${API}/channels/${of.channel_id}/messages/${of.message_id}`;
  await ok(bo.rest.patch(path, { content: 'nothing to see' }));
  await ok(bo.rest.delete(path));
  expect(await show(id)).toEqual({
    id,
    ...of,
    reporter_id: eve.id,
    user_id: bo.id,
    reason: 'spam',
    evidence: message.content,
    status: 'open',
    note: '',
    resolved_by: null,
    resolved_at: null,
    created_at: expect.any(String),
  });
});

test('[REPORT1] what one cannot see cannot be reported, nor what is no one thing', async () => {
  const { bo, eve, of } = await talk('in private');
  const stranger = await newcomer();
  const code = async (who: Person, body: object) => (await report(who, { reason: 'x', ...body })).body.code;
  expect(await code(stranger, of)).toBe('UNKNOWN_CHANNEL');
  expect(await code(eve, { ...of, message_id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })).toBe('UNKNOWN_MESSAGE');
  expect(await code(eve, { channel_id: of.channel_id })).toBe('INVALID_PARAMS');
  expect(await code(eve, { message_id: of.message_id })).toBe('INVALID_PARAMS');
  expect(await code(eve, {})).toBe('INVALID_PARAMS');
  expect(await code(eve, { ...of, user_id: stranger.id })).toBe('INVALID_PARAMS');
  expect(await code(eve, { user_id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' })).toBe('UNKNOWN_USER');
  expect(await code(bo, of)).toBe('NOT_YOURSELF');
  expect(await code(bo, { user_id: bo.id })).toBe('NOT_YOURSELF');
  expect(await code(eve, { user_id: bo.id, reason: '' })).toBe('INVALID_PARAMS');
  expect(await code(eve, { user_id: bo.id, reason: 'x'.repeat(LIMITS.REPORT_REASON_MAX + 1) })).toBe('INVALID_PARAMS');
  await ok(stranger.rest.patch(`${API}/users/@me/settings`, { is_findable: false }));
  expect(await code(eve, { user_id: stranger.id })).toBe('UNKNOWN_USER');
});

test('[REPORT2] only administrators read and close them, page by page, and nobody else hears of any', async () => {
  const { bo, eve, of } = await talk('look at this');
  const { gateway } = await identify(instance.url, bo.token);
  const ids = [];
  for (const body of [of, { user_id: bo.id }, { user_id: bo.id }])
    ids.unshift((await ok(report(eve, { ...body, reason: 'secret-reason' }))).id);
  for (const who of [bo, eve])
    for (const answer of [
      await who.rest.get<Problem>(`${API}/admin/reports`),
      await who.rest.get<Problem>(`${API}/admin/reports/${ids[0]}`),
      await who.rest.patch<Problem>(`${API}/admin/reports/${ids[0]}`, { status: 'resolved' }),
    ])
      expect(answer.body.code).toBe('NOT_AN_ADMIN');
  type Page = { items: Report[]; has_more: boolean; users: User[] };
  const list = (query: string) => ok(admin.rest.get<Page>(`${API}/admin/reports?${query}`));
  const first = await list('limit=2');
  expect([first.items.map(({ id }) => id), first.has_more]).toEqual([ids.slice(0, 2), true]);
  expect(first.users.map(({ id }) => id).sort()).toEqual([bo.id, eve.id].sort());
  const rest = await list(`before=${ids[1]}&status=open&limit=100`);
  expect(rest.items[0]?.id).toBe(ids[2]);
  await ok(resolve(ids[1] as string, { status: 'dismissed' }));
  expect((await list('status=dismissed')).items.map(({ id }) => id)).toEqual([ids[1]]);
  await gateway.request('user.me');
  expect(JSON.stringify(gateway.waiting())).not.toMatch(/secret-reason|REPORT/);
  await gateway.close();
});

test('[REPORT3] closing, with a note and the deletion of the message; again; and opening it anew', async () => {
  const { bo, eve, of } = await talk('delete me');
  const { gateway } = await identify(instance.url, eve.token);
  const { id } = await ok(report(eve, { ...of, reason: 'rude' }));
  const closed = await ok(resolve(id, { status: 'resolved', note: 'told them', delete_message: true }));
  expect(closed).toMatchObject({ status: 'resolved', note: 'told them', resolved_by: admin.id, evidence: 'delete me' });
  const told = await gateway.dispatch<Message>('MESSAGE_DELETE');
  expect(told.d).toMatchObject({ id: of.message_id, author_id: bo.id });
  expect((await bo.rest.get(`${API}/channels/${of.channel_id}/messages/${of.message_id}`)).status).toBe(404);
  // It is gone already: that is what was wanted. The note stays where none is given.
  expect(await ok(resolve(id, { status: 'resolved', delete_message: true }))).toMatchObject({ note: 'told them' });
  expect(await ok(resolve(id, { status: 'open' }))).toMatchObject({
    status: 'open',
    resolved_by: null,
    resolved_at: null,
  });
  expect(await show(id)).toMatchObject({ status: 'open', note: 'told them', resolved_by: null });
  expect((await resolve('01ARZ3NDEKTSV4RRFFQ69G5FAV', { status: 'open' })).body.code).toBe('UNKNOWN_REPORT');
  await gateway.close();
});

test('[REPORT3] two administrators delete the reported message at once: it is deleted once', async () => {
  const { eve, of } = await talk('delete me twice');
  const { id } = await ok(report(eve, { ...of, reason: 'rude' }));
  const both = [1, 2].map(() => resolve(id, { status: 'resolved', delete_message: true }));
  for (const { status } of await Promise.all(both)) expect(status).toBe(200);
  const { chat } = instance.running;
  const events = await chat.log.events(await chat.log.positions([`channel:${of.channel_id}`], 0, chat.log.tail, 100));
  expect(events.filter(({ type }) => type === 'MESSAGE_DELETE')).toHaveLength(1);
});

test('[REPORT4] as many open ones as there is room for, however they come', async () => {
  const { bo, eve } = await talk('often');
  const answers = await Promise.all(
    Array.from({ length: LIMITS.OPEN_REPORTS_PER_USER + 5 }, () => report(eve, { user_id: bo.id, reason: 'again' })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(LIMITS.OPEN_REPORTS_PER_USER);
  expect(answers.filter(({ body }) => body.code === 'LIMIT_REACHED')).toHaveLength(5);
  await ok(resolve(answers.find(({ status }) => status === 201)?.body.id as string, { status: 'resolved' }));
  await ok(report(eve, { user_id: bo.id, reason: 'room again' }));
});
