/** Who hears what, on one transport: what is declared, what changes, and what passes by (E2, E4, E30). */
import type { Channel, Message } from '@snug/protocol';
import { DEFAULT_PERMISSIONS, Intent, Permission } from '@snug/protocol';
import { expect, test } from 'vitest';
import type { Transport } from '../listeners/listener.ts';
import { createInvite } from '../people.ts';
import { refusalOf } from '../raw-rest.ts';
import { about, type House, ids } from './house.ts';

type GetHouse = () => House;
const WITHOUT_VIEW = DEFAULT_PERMISSIONS & ~Permission.VIEW_CHANNEL;

export function audienceTests(house: GetHouse, transport: Transport): void {
  views(house, transport);
  audiences(house, transport);
  passing(house, transport);
}

function views(house: GetHouse, transport: Transport): void {
  test('[DLV7] [DLV9] [E4] a view that changed while away is a reset with a fresh snapshot', async () => {
    const { ada, bo } = house();
    const { server, channel } = await house().place(bo);
    const journal = house().journal(bo);
    await journal.connect(transport);
    await journal.drop();
    await house().allow(server.id, WITHOUT_VIEW);
    await house().say(ada, channel.id, 'not for bo');
    await journal.connect(transport);
    expect(journal.resets).toEqual(['VIEW_CHANGED']);
    const seen = journal.snapshots.at(-1)?.d.servers.find(({ id }) => id === server.id);
    expect(seen?.channels).toEqual([]);
    expect(about(journal, channel.id)).toEqual([]);
    await journal.drop();
  });

  test('[PERM12] [DLV6] [E4] a view that is taken away ends at that position: no further event, no history', async () => {
    const { ada, bo } = house();
    const { server, channel } = await house().place(bo);
    const journal = house().journal(bo);
    await journal.connect(transport);
    await house().say(ada, channel.id, 'seen');
    await house().allow(server.id, WITHOUT_VIEW);
    await house().say(ada, channel.id, 'unseen');
    await journal.until(() => journal.of('CHANNEL_DELETE').length > 0);
    const lost = journal.of<{ id: string }>('CHANNEL_DELETE');
    const role = journal.of('ROLE_UPDATE');
    expect(lost.map(({ d }) => d.id)).toEqual([channel.id]);
    const [roleUpdate] = (await house().logged([`server:${server.id}`])).filter(({ type }) => type === 'ROLE_UPDATE');
    expect(lost[0]?.s).toBe(roleUpdate?.position);
    expect(role).toHaveLength(1);
    expect(await refusalOf(bo.rest.get(`/api/v1/channels/${channel.id}/messages`))).toBe('UNKNOWN_CHANNEL');
    await house().allow(server.id, DEFAULT_PERMISSIONS);
    const [again] = await house().say(ada, channel.id, 'seen again');
    await journal.until(() => ids(journal, 'MESSAGE_CREATE').includes(again?.id as string));
    await journal.drop();
    expect(journal.of<Message>('MESSAGE_CREATE').map(({ d }) => d.content)).toEqual(['seen', 'seen again']);
    expect(ids(journal, 'CHANNEL_CREATE')).toEqual([channel.id]);
    expect(journal.resets).toEqual([]);
  });

  test('[DLV6] who leaves, or is removed, hears the end of the server and nothing after it', async () => {
    const { ada, bo, cy } = house();
    const { server, channel } = await house().place(bo, cy);
    const [leaver, witness] = [house().journal(bo), house().journal(cy)];
    await leaver.connect(transport);
    await witness.connect(transport);
    await house().do(ada, 'DELETE', `/servers/${server.id}/members/${bo.id}`);
    await house().say(ada, channel.id, 'among ourselves');
    await leaver.until(() => leaver.of('SERVER_DELETE').length > 0);
    await witness.until(() => witness.of('MESSAGE_CREATE').length > 0);
    await Promise.all([leaver.drop(), witness.drop()]);
    expect(leaver.entries.filter(({ s }) => s !== null).map(({ type }) => type)).toEqual([
      'MEMBER_REMOVE',
      'CHANNEL_DELETE',
      'SERVER_DELETE',
    ]);
    expect(witness.entries.filter(({ s }) => s !== null).map(({ type }) => type)).toEqual([
      'MEMBER_REMOVE',
      'MESSAGE_CREATE',
    ]);
  });
}

function audiences(house: GetHouse, transport: Transport): void {
  test('[DLV25] [PERM6] [E29] a DM is heard by its people and nobody else', async () => {
    const { ada, bo, cy } = house();
    await house().place(bo, cy);
    const [inside, outside] = [house().journal(bo), house().journal(cy)];
    await inside.connect(transport);
    await outside.connect(transport);
    const dm = await house().do<Channel>(ada, 'POST', '/users/@me/channels', { recipient_id: bo.id });
    await house().say(ada, dm.id, 'between us');
    await inside.until(() => inside.of('MESSAGE_CREATE').length > 0);
    await house().say(ada, (await house().place(cy)).channel.id, 'for cy');
    await outside.until(() => outside.of('MESSAGE_CREATE').length > 0);
    await Promise.all([inside.drop(), outside.drop()]);
    expect(about(outside, dm.id)).toEqual([]);
  });

  test('[DLV2] [DLV3] [E2] an invite code goes to those who manage the server, live and by catching up', async () => {
    const { ada, bo } = house();
    const { server, channel } = await house().place(bo);
    const [manager, member] = [house().journal(ada), house().journal(bo)];
    await manager.connect(transport);
    await member.connect(transport);
    const live = await createInvite(ada, server.id);
    await house().say(ada, channel.id, 'after it');
    await member.until(() => member.of('MESSAGE_CREATE').length === 1);
    await manager.until(() => about(manager, live.code).length > 0);
    await Promise.all([manager.drop(), member.drop()]);
    const missed = await createInvite(ada, server.id);
    await house().say(ada, channel.id, 'after that');
    await Promise.all([manager.connect(transport), member.connect(transport)]);
    await member.until(() => member.of('MESSAGE_CREATE').length === 2);
    await manager.until(() => about(manager, missed.code).length > 0);
    await Promise.all([manager.drop(), member.drop()]);
    for (const { code } of [live, missed]) expect(about(member, code)).toEqual([]);
  });

  test('[DLV24] intents filter what is sent, and the cursor moves past it', async () => {
    const { ada, bo } = house();
    const { server, channel } = await house().place(bo);
    const journal = house().journal(bo);
    await journal.connect(transport, { intents: Intent.MESSAGES });
    await house().channel(server.id, 'unwanted');
    await house().say(ada, channel.id, 'live');
    await journal.until(() => journal.of('MESSAGE_CREATE').length === 1);
    await journal.drop();
    await house().channel(server.id, 'unwanted too');
    await house().say(ada, channel.id, 'missed');
    await house().channel(server.id, 'and the last');
    await journal.connect(transport, { intents: Intent.MESSAGES });
    await journal.reached(await house().head());
    await journal.drop();
    expect(journal.entries.map(({ type }) => type)).toEqual(['MESSAGE_CREATE', 'MESSAGE_CREATE']);
  });

  test("[READ9] [DLV19] what one has read is heard by one's own sessions only", async () => {
    const { ada, bo } = house();
    const { channel } = await house().place(bo);
    const [own, other] = [house().journal(bo), house().journal(ada)];
    await own.connect(transport);
    await other.connect(transport);
    const [said] = await house().say(ada, channel.id, 'read me');
    await house().do(bo, 'POST', `/channels/${channel.id}/messages/${said?.id}/ack`);
    await house().say(bo, channel.id, 'read');
    await own.until(() => own.of('MESSAGE_CREATE').length === 2);
    await other.until(() => other.of('MESSAGE_CREATE').length === 2);
    await Promise.all([own.drop(), other.drop()]);
    expect(own.of('READ_STATE_UPDATE').map(({ d }) => d)).toMatchObject([{ user_id: bo.id, last_read_id: said?.id }]);
    expect(other.of('READ_STATE_UPDATE')).toEqual([]);
    const bodies = [own, other].map((journal) => journal.of('MESSAGE_CREATE').map(({ d }) => JSON.stringify(d)));
    expect(bodies[0]).toEqual(bodies[1]);
  });
}

function passing(house: GetHouse, transport: Transport): void {
  test('[DLV23] [MSG14] [SYNC6] [E30] typing has no position, moves no cursor, and is not repeated', async () => {
    const { ada, bo } = house();
    const { channel } = await house().place(bo);
    const journal = house().journal(bo);
    await journal.connect(transport);
    const [before, head] = [journal.cursor, await house().head()];
    await house().do(ada, 'POST', `/channels/${channel.id}/typing`);
    await journal.until(() => journal.of('TYPING_START').length > 0);
    expect(journal.of('TYPING_START')[0]).toMatchObject({ s: null, d: { user_id: ada.id, channel_id: channel.id } });
    expect(journal.cursor).toBeLessThanOrEqual(Math.max(before as number, head));
    expect(await house().head()).toBe(head);
    await journal.drop();
    await journal.connect(transport);
    const [said] = await house().say(ada, channel.id, 'said');
    await journal.until(() => ids(journal, 'MESSAGE_CREATE').includes(said?.id as string));
    await journal.drop();
    expect(journal.of('TYPING_START')).toHaveLength(1);
  });
}
