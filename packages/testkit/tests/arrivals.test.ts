import type { Channel, Member, MessagePage, Ready } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { createInvite, identify, join } from '../src/index.ts';
import { bits, Manor } from './organisation/manor.ts';

const manor = await Manor.open();
const { ada, mod, bo, cy, stranger } = manor;
afterAll(() => manor[Symbol.asyncDispose]());

/** Comings and goings that a channel shows, the latest first. */
async function said(channel: Channel): Promise<string[]> {
  const { items } = await manor.do<MessagePage>(ada, 'GET', `/channels/${channel.id}/messages?limit=100`);
  return items.filter(({ type }) => type.startsWith('system')).map(({ type, author_id }) => `${type} ${author_id}`);
}

describe('comings and goings', () => {
  test('[ORG9] are said where all can read them, once, and are never unread', async () => {
    const { server, channel } = await manor.house();
    const before = (await said(channel)).length;
    await join(ada, server.id, stranger);
    await manor.do(stranger, 'DELETE', `/servers/${server.id}/members/${stranger.id}`);
    expect((await said(channel)).length - before).toBe(2);
    const { gateway, ready } = await identify(manor.instance.url, ada.token);
    await gateway.close();
    const { read_states } = ready.d as Ready;
    expect(read_states.filter(({ channel_id, unread_count }) => channel_id === channel.id && unread_count > 0)).toEqual(
      [],
    );
    await manor.do(ada, 'PATCH', `/channels/${channel.id}`, { is_private: true });
    await join(ada, server.id, stranger);
    expect((await said(channel)).length - before, 'a private channel').toBe(2);
    await manor.do(ada, 'DELETE', `/channels/${channel.id}`);
    await manor.do(stranger, 'DELETE', `/servers/${server.id}/members/${stranger.id}`);
    expect(
      (await manor.do<{ system_channel_id: null }>(ada, 'GET', `/servers/${server.id}`)).system_channel_id,
    ).toBeNull();
  });
});

describe('invites', () => {
  test('[PERM17] a link grants its role while its maker still may give it', async () => {
    const { server } = await manor.house();
    const power = await manor.empower(server.id, bits('MANAGE_ROLES', 'CREATE_INVITE', 'SEND_MESSAGES'));
    const guest = await manor.role(server.id, 'guest', bits('SEND_MESSAGES'));
    const path = `/servers/${server.id}/invites`;
    expect(await manor.no(mod, 'POST', path, { role_id: power.id })).toBe('OUTRANKED');
    expect(await manor.no(bo, 'POST', path, { role_id: guest.id })).toBe('OUTRANKED');
    expect(await manor.no(mod, 'POST', path, { role_id: server.id })).toBe('UNKNOWN_ROLE');
    const { code } = await createInvite(mod, server.id, { role_id: guest.id, note: 'for guests' });
    await manor.do(bo, 'DELETE', `/servers/${server.id}/members/${bo.id}`);
    expect(await manor.do<Member>(bo, 'POST', `/invites/${code}`, {})).toMatchObject({ role_ids: [guest.id] });
    await manor.do(ada, 'DELETE', `/servers/${server.id}/members/${mod.id}/roles/${power.id}`);
    await manor.do(cy, 'DELETE', `/servers/${server.id}/members/${cy.id}`);
    expect(await manor.do<Member>(cy, 'POST', `/invites/${code}`, {})).toMatchObject({ role_ids: [] });
  });

  test('[PERM8] the list is paged, the newest first, and has every link once', async () => {
    const { server } = await manor.house();
    const made: string[] = [];
    for (let index = 0; index < 7; index++) made.push((await createInvite(ada, server.id, { note: `${index}` })).code);
    const found: string[] = [];
    for (let after = ''; ; after = `&after=${found.at(-1)}`) {
      const { items, has_more } = await manor.do<{ items: { code: string }[]; has_more: boolean }>(
        ada,
        'GET',
        `/servers/${server.id}/invites?limit=3${after}`,
      );
      found.push(...items.map(({ code }) => code));
      if (!has_more) break;
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((code) => made.includes(code))).toHaveLength(7);
  });
});
