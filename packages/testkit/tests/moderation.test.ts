import type { Ban, Channel, Member, Message, MessagePage } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { createInvite, join, type Person, send } from '../src/index.ts';
import { bits, Manor } from './organisation/manor.ts';

let ahead = 0;
const manor = await Manor.open({ now: () => Date.now() + ahead });
const { ada, mod, bo, cy, stranger } = manor;
afterAll(() => manor[Symbol.asyncDispose]());

const page = async (person: Person, channel: Channel): Promise<Message[]> =>
  (await manor.do<MessagePage>(person, 'GET', `/channels/${channel.id}/messages?limit=100`)).items;
const words = async (person: Person, channel: Channel): Promise<string[]> =>
  (await page(person, channel)).filter(({ type }) => type === 'default').map(({ content }) => content);
const said = async (channel: Channel): Promise<string[]> =>
  (await page(ada, channel))
    .filter(({ type }) => type.startsWith('system'))
    .map(({ type, author_id }) => `${type} ${author_id}`);
const HOUR = 3_600_000;

describe('removing and banning', () => {
  test('[MOD1] [PERM15] who is below the moderator is removed, and may come back; others not', async () => {
    const { server, channel } = await manor.house();
    const power = await manor.empower(server.id, bits('KICK_MEMBERS'));
    await manor.give(server.id, cy, power);
    const path = (person: Person) => `/servers/${server.id}/members/${person.id}`;
    expect(await manor.no(bo, 'DELETE', path(cy))).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'DELETE', path(cy))).toBe('OUTRANKED');
    expect(await manor.no(mod, 'DELETE', path(ada))).toBe('OUTRANKED');
    expect(await manor.no(mod, 'DELETE', path(stranger))).toBe('UNKNOWN_MEMBER');
    await manor.do(mod, 'DELETE', `${path(bo)}?reason=noise`);
    expect(await manor.no(bo, 'GET', `/channels/${channel.id}`)).toBe('UNKNOWN_CHANNEL');
    await join(ada, server.id, bo);
    const [back, gone, ...arrivals] = await said(channel);
    expect([back, gone]).toEqual([`system_join ${bo.id}`, `system_leave ${bo.id}`]);
    expect(arrivals.toSorted()).toEqual([mod, bo, cy].map(({ id }) => `system_join ${id}`).toSorted());
  });

  test('[MOD2] a ban closes every door until it is lifted', async () => {
    const { server } = await manor.house();
    await manor.empower(server.id, bits('BAN_MEMBERS'));
    const path = (person: Person) => `/servers/${server.id}/bans/${person.id}`;
    expect(await manor.no(bo, 'PUT', path(cy), {})).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'PUT', path(ada), {})).toBe('OUTRANKED');
    expect(await manor.no(mod, 'PUT', path(mod), {})).toBe('OUTRANKED');
    expect(await manor.no(mod, 'PUT', path(stranger), {})).toBe('UNKNOWN_USER');
    const ban = await manor.do<Ban>(mod, 'PUT', path(bo), { reason: 'rude' });
    expect(ban).toMatchObject({ user_id: bo.id, banned_by: mod.id, reason: 'rude' });
    const { code } = await createInvite(ada, server.id);
    expect(await manor.no(bo, 'POST', `/invites/${code}`, {})).toBe('BANNED');
    expect(await manor.no(bo, 'POST', `/servers/${server.id}/members`, { invite_code: code })).toBe('BANNED');
    expect(await manor.no(bo, 'POST', `/servers/${server.id}/members`, {})).toBe('UNKNOWN_SERVER');
    await manor.do(ada, 'PATCH', `/servers/${server.id}`, { is_public: true });
    expect(await manor.no(bo, 'POST', `/servers/${server.id}/members`, {})).toBe('BANNED');
    // Somebody who left is still known, and can be kept from coming back.
    await manor.do(cy, 'DELETE', `/servers/${server.id}/members/${cy.id}`);
    await manor.do(mod, 'PUT', path(cy), {});
    const listed = await manor.do<{ items: Ban[]; has_more: boolean }>(
      mod,
      'GET',
      `/servers/${server.id}/bans?limit=1`,
    );
    const rest = await manor.do<{ items: Ban[] }>(
      mod,
      'GET',
      `/servers/${server.id}/bans?after=${listed.items[0]?.user_id}`,
    );
    expect(listed.has_more).toBe(true);
    expect([...listed.items, ...rest.items].map(({ user }) => user?.username).toSorted()).toEqual(['bo', 'cy']);
    expect(await manor.no(bo, 'GET', `/servers/${server.id}/bans`)).toBe('UNKNOWN_SERVER');
    await manor.do(mod, 'DELETE', path(bo));
    expect(await manor.no(mod, 'DELETE', path(bo))).toBe('UNKNOWN_BAN');
    expect(await manor.do<Member>(bo, 'POST', `/invites/${code}`, {})).toMatchObject({ user_id: bo.id });
  });

  test('[MOD2] [CMD7] of a ban and an arrival at the same moment the ban wins', async () => {
    const { server } = await manor.house();
    await manor.do(bo, 'DELETE', `/servers/${server.id}/members/${bo.id}`);
    const { code } = await createInvite(ada, server.id);
    await Promise.all([
      ada.rest.put(`/api/v1/servers/${server.id}/bans/${bo.id}`, {}),
      ...Array.from({ length: 5 }, () => bo.rest.post(`/api/v1/invites/${code}`, {})),
    ]);
    const names = (await manor.list<Member>(server.id, 'members')).map(({ user_id }) => user_id);
    // Whoever slipped in before it was thrown out by it only if they were there; so ask who is banned and inside.
    const answer = await bo.rest.post<{ code?: string }>(`/api/v1/invites/${code}`, {});
    expect([names.includes(bo.id), answer.body.code]).toEqual([false, 'BANNED']);
  });

  test('[MOD3] [E17] a ban erases what they said lately, here, before it, and nothing else', async () => {
    const { server, channel } = await manor.house();
    const elsewhere = (await manor.house()).channel;
    const other = await manor.channel(server.id, 'other');
    ahead = -3 * HOUR;
    await send(bo, channel.id, 'long ago');
    ahead = 0;
    const thread = await manor.do<Channel>(cy, 'POST', `/channels/${channel.id}/threads`, { name: 'aside' });
    for (let index = 0; index < 60; index++) await send(bo, channel.id, `recent ${index}`);
    await send(bo, other.id, 'recent too');
    await send(bo, thread.id, 'in the thread');
    await send(cy, channel.id, 'by another');
    await send(bo, elsewhere.id, 'in another house');
    await manor.do(ada, 'PUT', `/servers/${server.id}/bans/${bo.id}`, { delete_message_seconds: 3600 });
    await expect.poll(() => words(ada, channel)).toEqual(['by another', 'long ago']);
    await expect.poll(() => words(ada, other)).toEqual([]);
    await expect.poll(() => words(ada, thread)).toEqual([]);
    expect(await words(ada, elsewhere)).toEqual(['in another house']);
    const { log } = manor.instance.running.chat;
    const left = {
      sql: 'SELECT count(*) AS n FROM author_purges',
      params: [],
      map: (rows: { n?: unknown }[]) => rows[0]?.n,
    };
    await expect.poll(async () => (await log.read({ left })).value.left).toBe(0);
    const found = { sql: "SELECT count(*) AS n FROM events WHERE body LIKE '%recent %'", params: [], map: left.map };
    expect((await log.read({ found })).value.found, '[LOG16] the words are gone from the log').toBe(0);
    // Lifted, they may speak again, and what they say stays.
    await manor.do(ada, 'DELETE', `/servers/${server.id}/bans/${bo.id}`);
    await join(ada, server.id, bo);
    await send(bo, channel.id, 'sorry');
    expect(await words(ada, channel)).toEqual(['sorry', 'by another', 'long ago']);
  });

  test('[MOD3] a purge that a stop cut short goes on at the next start', async () => {
    await using house = await Manor.open();
    const { server, channel } = await house.house();
    for (let index = 0; index < 40; index++) await send(house.bo, channel.id, `lately ${index}`);
    const { log } = house.instance.running.chat;
    // The request alone, as a crash between the ban and its purge would leave it.
    const body = { author_id: house.bo.id, server_id: server.id, since: null, cause: 'ban' as const };
    const scope = `user:${house.bo.id}` as const;
    const events = [{ type: 'AUTHOR_PURGE', scope, subject: house.bo.id, body } as const];
    const asked = log.append({ actor: house.ada.id, at: Date.now(), trace: 'test', events, guards: [] });
    await Promise.all([asked, house.instance.stop()]);
    await house.instance.restart();
    const messages = async () =>
      (await house.do<MessagePage>(house.ada, 'GET', `/channels/${channel.id}/messages?limit=100`)).items.filter(
        ({ author_id, type }) => author_id === house.bo.id && type === 'default',
      ).length;
    await expect.poll(messages).toBe(0);
  });
});

describe('timeouts, names, mute and deafen', () => {
  test('[MOD4] during a timeout one reads and does nothing else, also after leaving and coming back', async () => {
    const { server, channel } = await manor.house();
    await manor.empower(server.id, bits('KICK_MEMBERS'));
    const message = await send(ada, channel.id, 'read me');
    const path = `/servers/${server.id}/members/${bo.id}`;
    const timed_out_until = new Date(Date.now() + HOUR).toISOString();
    expect(await manor.do<Member>(mod, 'PATCH', path, { timed_out_until })).toMatchObject({ timed_out_until });
    const cannot = async (): Promise<void> => {
      expect(await manor.no(bo, 'POST', `/channels/${channel.id}/messages`, { content: 'x' })).toBe(
        'MISSING_PERMISSION',
      );
      expect(await manor.no(bo, 'POST', `/channels/${channel.id}/typing`)).toBe('MISSING_PERMISSION');
      expect(await manor.no(bo, 'PATCH', path, { nickname: 'x' })).toBe('MISSING_PERMISSION');
      expect(
        await manor.ask(bo, 'message.edit', { channel_id: channel.id, message_id: message.id, content: 'x' }),
      ).toBe('MISSING_PERMISSION');
      expect(await words(bo, channel)).toEqual(['read me']);
    };
    await cannot();
    const react = `/channels/${channel.id}/messages/${message.id}/reactions/${encodeURIComponent('👍')}`;
    expect(await manor.no(bo, 'PUT', react, {})).toBe('MISSING_PERMISSION');
    await manor.do(bo, 'DELETE', path);
    const [member] = await join(ada, server.id, bo);
    expect(member?.timed_out_until, 'coming back says so').toBe(timed_out_until);
    await cannot();
    await manor.do(mod, 'PATCH', path, { timed_out_until: null });
    await send(bo, channel.id, 'again');
  });

  test('[MOD4] [LOG20] [E18] it ends by an event of nobody, at its time', async () => {
    const { server, channel } = await manor.house();
    const path = `/servers/${server.id}/members/${bo.id}`;
    await manor.do(ada, 'PATCH', path, { timed_out_until: new Date(Date.now() + 700).toISOString() });
    expect(await manor.no(bo, 'POST', `/channels/${channel.id}/messages`, { content: 'x' })).toBe('MISSING_PERMISSION');
    await expect
      .poll(async () => (await manor.do<Member>(bo, 'GET', path)).timed_out_until, { timeout: 15_000 })
      .toBeNull();
    await send(bo, channel.id, 'free');
    const entries = await manor.do<{ items: { actor_id: string | null }[] }>(
      ada,
      'GET',
      `/servers/${server.id}/audit?action=MEMBER_UPDATE`,
    );
    expect(entries.items.map(({ actor_id }) => actor_id)).toEqual([null, ada.id]);
  });

  test('[MOD4] [E18] one that ended while the instance was away ends at its start', async () => {
    let later = 0;
    await using house = await Manor.open({ now: () => Date.now() + later });
    const { server } = await house.house();
    const path = `/servers/${server.id}/members/${house.bo.id}`;
    const until = new Date(Date.now() + 5 * 60_000).toISOString();
    await house.do(house.ada, 'PATCH', path, { timed_out_until: until });
    await house.instance.restart();
    expect(await house.do(house.ada, 'GET', path), 'not before its time').toMatchObject({ timed_out_until: until });
    // Tokens live longer than this.
    later = 6 * 60_000;
    await expect
      .poll(async () => (await house.do<Member>(house.ada, 'GET', path)).timed_out_until, { timeout: 15_000 })
      .toBeNull();
  });

  test('[MOD4] [MOD1] its bounds, and whom nobody can time out', async () => {
    const { server } = await manor.house();
    await manor.empower(server.id, bits('KICK_MEMBERS', 'MANAGE_ROLES'));
    const path = (person: Person) => `/servers/${server.id}/members/${person.id}`;
    const until = (ms: number) => ({ timed_out_until: new Date(Date.now() + ms).toISOString() });
    expect(await manor.no(mod, 'PATCH', path(bo), until(-1000))).toBe('INVALID_PARAMS');
    expect(await manor.no(mod, 'PATCH', path(bo), until(29 * 24 * HOUR))).toBe('INVALID_PARAMS');
    expect(await manor.no(mod, 'PATCH', path(ada), until(HOUR))).toBe('OUTRANKED');
    expect(await manor.no(mod, 'PATCH', path(mod), until(HOUR))).toBe('OUTRANKED');
    expect(await manor.no(bo, 'PATCH', path(cy), until(HOUR))).toBe('MISSING_PERMISSION');
    const all = await manor.role(server.id, 'all', bits('ADMINISTRATOR'));
    await manor.give(server.id, cy, all);
    expect(await manor.no(ada, 'PATCH', path(cy), until(HOUR)), 'an administrator').toBe('OUTRANKED');
  });

  test('[MOD1] a nickname of oneself is free; of others, and mute and deafen, by moderators', async () => {
    const { server } = await manor.house();
    await manor.empower(server.id, bits('KICK_MEMBERS'));
    const path = (person: Person) => `/servers/${server.id}/members/${person.id}`;
    expect(await manor.do<Member>(bo, 'PATCH', path(bo), { nickname: ' Bobo ' })).toMatchObject({ nickname: 'Bobo' });
    expect(await manor.no(bo, 'PATCH', path(cy), { nickname: 'x' })).toBe('MISSING_PERMISSION');
    const change = { nickname: 'quiet one', is_muted: true, is_deafened: true };
    expect(await manor.ask(mod, 'member.update', { server_id: server.id, user_id: bo.id, ...change })).toMatchObject(
      change,
    );
    expect(await manor.no(bo, 'PATCH', path(bo), { is_muted: false })).toBe('MISSING_PERMISSION');
    const found = async (query: string) =>
      (await manor.do<{ items: Member[] }>(cy, 'GET', `/servers/${server.id}/members?${query}`)).items.map(
        (one) => one.user_id,
      );
    expect(await found('query=QUIET')).toEqual([bo.id]);
    expect(await found('query=BO')).toEqual([bo.id]);
    const [role] = server.roles.filter(({ name }) => name === 'mod');
    await manor.do(ada, 'PUT', `${path(cy)}/roles/${role?.id}`, {});
    expect(await found(`role_id=${role?.id}`)).toEqual([cy.id]);
  });
});
