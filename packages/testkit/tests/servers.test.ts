import type { Channel, Ready, Server } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { Manor } from './organisation/manor.ts';

const manor = await Manor.open();
const { ada, bo, cy, stranger } = manor;
afterAll(() => manor[Symbol.asyncDispose]());

describe('servers and who owns them', () => {
  test('[ORG7] handed over: the new owner stands above all, the old one holds what their roles give', async () => {
    const { server, channel } = await manor.house();
    const path = `/servers/${server.id}`;
    expect(await manor.no(bo, 'POST', `${path}/transfer`, { user_id: cy.id })).toBe('NOT_THE_OWNER');
    expect(await manor.no(ada, 'POST', `${path}/transfer`, { user_id: stranger.id })).toBe('UNKNOWN_MEMBER');
    expect(await manor.do<Server>(ada, 'POST', `${path}/transfer`, { user_id: bo.id })).toMatchObject({
      owner_id: bo.id,
    });
    expect(await manor.no(ada, 'PATCH', path, { name: 'still mine' })).toBe('MISSING_PERMISSION');
    expect(await manor.no(ada, 'DELETE', path)).toBe('NOT_THE_OWNER');
    expect(await manor.do(bo, 'DELETE', `${path}/members/${ada.id}`)).toBeUndefined();
    expect(await manor.no(ada, 'GET', `/channels/${channel.id}`)).toBe('UNKNOWN_CHANNEL');
  });

  test('[ORG8] public servers are found by anybody, and entered without an invite', async () => {
    const { server } = await manor.house();
    const path = `/servers/${server.id}`;
    const find = async (query: string) =>
      (await manor.do<{ items: { id: string }[] }>(stranger, 'GET', `/discovery/servers?query=${query}`)).items.map(
        ({ id }) => id,
      );
    expect(await find('manor')).not.toContain(server.id);
    expect(await manor.no(stranger, 'POST', `${path}/members`, {})).toBe('UNKNOWN_SERVER');
    await manor.do(ada, 'PATCH', path, { is_public: true, description: 'Zebras welcome' });
    expect(await find('ZEBRAS')).toEqual([server.id]);
    expect(await find('no-such-words')).toEqual([]);
    const anonymous = manor.instance.rest();
    const seen = await anonymous.get<{ items: object[] }>('/api/v1/discovery/servers?query=zebra');
    expect(Object.keys(seen.body.items[0] ?? {}).sort()).toEqual([
      'created_at',
      'description',
      'icon_url',
      'id',
      'member_count',
      'name',
    ]);
    expect(await manor.do(stranger, 'POST', `${path}/members`, {})).toMatchObject({
      user_id: stranger.id,
      role_ids: [],
    });
    expect(await manor.no(stranger, 'POST', `${path}/members`, {})).toBe('ALREADY_A_MEMBER');
    await manor.do(stranger, 'DELETE', `${path}/members/${stranger.id}`);
    await manor.do(ada, 'PATCH', path, { is_public: false });
    expect(await manor.no(stranger, 'POST', `${path}/members`, {})).toBe('UNKNOWN_SERVER');
  });

  test('[ORG8] discovery pages', async () => {
    for (const name of ['Quokka one', 'Quokka two', 'Quokka three']) {
      const { id } = await manor.do<Server>(ada, 'POST', '/servers', { name });
      await manor.do(ada, 'PATCH', `/servers/${id}`, { is_public: true });
    }
    const page = (after = '') =>
      manor.do<{ items: Server[]; has_more: boolean }>(
        bo,
        'GET',
        `/discovery/servers?query=quokka&limit=2${after === '' ? '' : `&after=${after}`}`,
      );
    const first = await page();
    expect([first.items.map(({ name }) => name), first.has_more]).toEqual([['Quokka one', 'Quokka two'], true]);
    const second = await page(first.items[1]?.id);
    expect([second.items.map(({ name }) => name), second.has_more]).toEqual([['Quokka three'], false]);
  });

  test('[ORG9] the system channel is one of the server that one can see', async () => {
    const { server } = await manor.house();
    const voice = await manor.channel(server.id, 'call', { type: 'voice' });
    const other = (await manor.house()).channel as Channel;
    for (const id of [voice.id, other.id, server.id])
      expect(await manor.no(ada, 'PATCH', `/servers/${server.id}`, { system_channel_id: id })).toBe('UNKNOWN_CHANNEL');
    expect(await manor.do(ada, 'PATCH', `/servers/${server.id}`, { system_channel_id: null })).toMatchObject({
      system_channel_id: null,
    });
  });

  test('[ORG9] [PERM4] a system channel that is hidden is none for whom it is hidden from', async () => {
    const { server } = await manor.house();
    const hidden = await manor.channel(server.id, 'den', { is_private: true });
    expect(await manor.no(ada, 'PATCH', `/servers/${server.id}`, { system_channel_id: hidden.id })).toBe(
      'INVALID_PARAMS',
    );
    const open = await manor.channel(server.id, 'door');
    await manor.do(ada, 'PATCH', `/servers/${server.id}`, { system_channel_id: open.id });
    await manor.do(ada, 'PATCH', `/channels/${open.id}`, { is_private: true });
    const seen = async (who: typeof bo) =>
      (await manor.do<Server>(who, 'GET', `/servers/${server.id}`)).system_channel_id;
    expect([await seen(ada), await seen(bo)]).toEqual([open.id, null]);
    const { snapshot } = await manor.do<{ snapshot: Ready }>(bo, 'GET', '/sync');
    expect(JSON.stringify(snapshot)).not.toContain(open.id);
  });
});
