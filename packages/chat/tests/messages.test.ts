import type { Channel, Message, MessagePage, ServerSnapshot } from '@snug/protocol';
import { DEFAULT_PERMISSIONS, Permission } from '@snug/protocol';
import { startInstance, type TestInstance } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chat } from '../src/app.ts';
import type { Actor } from '../src/commands/handler.ts';
import type { Log } from '../src/log/log.ts';
import { overridingLog } from './overriding-log.ts';
import { actor, perform, refused } from './people.ts';

const [ada, bo, cy] = [1, 2, 3].map((number) => actor(number)) as [Actor, Actor, Actor];
let instance: TestInstance;
let chat: Chat;
let ahead = 0;
beforeAll(async () => {
  instance = await startInstance({ now: () => Date.now() + ahead });
  chat = instance.running.chat;
});
afterAll(() => instance[Symbol.asyncDispose]());

async function place(): Promise<{ server: ServerSnapshot; channel: Channel }> {
  const server = await perform<ServerSnapshot>(chat, ada, 'server.create', { name: 'Writing room' });
  // Pages here hold what people say, not who came.
  await perform(chat, ada, 'server.update', { server_id: server.id, system_channel_id: null });
  const { code } = await perform<{ code: string }>(chat, ada, 'invite.create', { server_id: server.id });
  await perform(chat, bo, 'invite.accept', { code });
  return { server, channel: server.channels[0] as Channel };
}

const say = (who: Actor, channel: Channel, content: string, more: Record<string, unknown> = {}): Promise<Message> =>
  perform<Message>(chat, who, 'message.send', { channel_id: channel.id, content, ...more });

const page = (channel: Channel, asked: Record<string, unknown>, who = bo): Promise<MessagePage> =>
  perform<MessagePage>(chat, who, 'message.list', { channel_id: channel.id, ...asked });

const ids = ({ items }: MessagePage): string[] => items.map(({ id }) => id);

describe('nonces', () => {
  test('[CMD8] [CMD11] [MSG4] [E13] however often and at once it is sent, it is one message with one answer', async () => {
    const { channel } = await place();
    const answers = await Promise.all(Array.from({ length: 20 }, () => say(bo, channel, 'once', { nonce: 'a' })));
    answers.push(await say(bo, channel, 'once', { nonce: 'a' }));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.every(({ nonce, content }) => nonce === 'a' && content === 'once')).toBe(true);
    expect(ids(await page(channel, {}))).toEqual([answers[0]?.id]);
    // Of somebody else it is another one.
    expect((await say(ada, channel, 'once', { nonce: 'a' })).id).not.toBe(answers[0]?.id);
  });

  test('[CMD9] [E13] with another body, channel, reply or command it is refused', async () => {
    const { server, channel } = await place();
    const other = await perform<Channel>(chat, ada, 'channel.create', { server_id: server.id, name: 'other' });
    const first = await say(ada, channel, 'first', { nonce: 'b' });
    for (const [where, content, more] of [
      [channel, 'second', {}],
      [other, 'first', {}],
      [channel, 'first', { reply_to_id: first.id }],
    ] as const) {
      const params = { channel_id: where.id, content, nonce: 'b', ...more };
      expect(await refused(chat, ada, 'message.send', params)).toBe('NONCE_REUSED');
    }
    expect(await refused(chat, ada, 'channel.create', { server_id: server.id, name: 'x', nonce: 'b' })).toBe(
      'NONCE_REUSED',
    );
    const made = await perform<Channel>(chat, ada, 'channel.create', { server_id: server.id, name: 'x', nonce: 'c' });
    expect(
      await perform<Channel>(chat, ada, 'channel.create', { server_id: server.id, name: 'x', nonce: 'c' }),
    ).toEqual(made);
  });

  test('[CMD8] [E13] it answers after the permission, the membership and the words are gone', async () => {
    const { server, channel } = await place();
    const first = await say(bo, channel, 'before', { nonce: 'd' });
    const erased = await say(bo, channel, 'erased', { nonce: 'e' });
    await perform(chat, bo, 'message.delete', { channel_id: channel.id, message_id: erased.id });
    await perform(chat, ada, 'role.update', {
      server_id: server.id,
      role_id: server.id,
      permissions: String(DEFAULT_PERMISSIONS & ~Permission.SEND_MESSAGES),
    });
    const params = { channel_id: channel.id, content: 'new', nonce: 'f' };
    expect(await refused(chat, bo, 'message.send', params)).toBe('MISSING_PERMISSION');
    expect(await say(bo, channel, 'before', { nonce: 'd' })).toEqual(first);
    await perform(chat, bo, 'member.remove', { server_id: server.id, user_id: bo.userId });
    expect(await say(bo, channel, 'before', { nonce: 'd' })).toEqual(first);
    const replayed = await say(bo, channel, 'erased', { nonce: 'e' });
    expect(replayed).toMatchObject({ id: erased.id, content: '', content_html: '' });
    expect(JSON.stringify(replayed)).not.toContain('erased');
    expect(await refused(chat, bo, 'message.send', params)).toBe('UNKNOWN_CHANNEL');
  });

  test('[CMD8] [CMD13] [E13] it answers before rate limits', async () => {
    await using limited = await startInstance({ rate_limits: 'on' });
    const { chat: strict } = limited.running;
    const server = await perform<ServerSnapshot>(strict, ada, 'server.create', { name: 'Strict' });
    const channel_id = server.channels[0]?.id;
    const send = (index: number) =>
      perform<Message>(strict, ada, 'message.send', { channel_id, content: `${index}`, nonce: `n${index}` });
    const first = await send(0);
    const settled = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => send(index + 1)));
    const limitedOnes = settled.filter(({ status }) => status === 'rejected');
    expect(limitedOnes.length).toBeGreaterThan(10);
    expect(limitedOnes.every((one) => (one as PromiseRejectedResult).reason.code === 'RATE_LIMITED')).toBe(true);
    expect(await send(0)).toEqual(first);
  });
});

describe('pages', () => {
  test('[MSG1] [MSG2] [MSG3] before, after and around walk the whole channel, by id and by time', async () => {
    const { channel } = await place();
    const said: Message[] = [];
    for (let index = 0; index < 25; index++) {
      ahead += 1000;
      said.push(await say(index % 2 === 0 ? ada : bo, channel, `message ${index}`));
    }
    const all = said.map(({ id }) => id).toReversed();
    expect(ids(await page(channel, {}))).toEqual(all);
    for (const by of [(message: Message) => message.id, (message: Message) => message.created_at]) {
      const down: string[] = [];
      for (let asked: Record<string, unknown> = { limit: 7 }; ; ) {
        const { items, has_more } = await page(channel, asked);
        down.push(...items.map(({ id }) => id));
        if (!has_more) break;
        asked = { limit: 7, before: by(items.at(-1) as Message) };
      }
      expect(down).toEqual(all);
    }
    const up: string[] = [];
    for (let after = (said[0] as Message).id; ; ) {
      const { items, has_more } = await page(channel, { limit: 7, after });
      up.push(...items.toReversed().map(({ id }) => id));
      if (!has_more) break;
      after = items[0]?.id as string;
    }
    expect(up).toEqual(all.toReversed().slice(1));
    const middle = await page(channel, { limit: 10, around: said[12]?.id });
    expect(middle).toMatchObject({ has_more: true, has_more_before: true, has_more_after: true });
    expect(ids(middle)).toContain(said[12]?.id);
    expect(ids(middle)).toEqual(
      all.slice(all.indexOf(ids(middle)[0] as string), all.indexOf(ids(middle)[0] as string) + 10),
    );
    const start = await page(channel, { limit: 10, around: said[0]?.id });
    expect(start).toMatchObject({ has_more_before: false, has_more_after: true });
    const end = await page(channel, { limit: 10, around: said[24]?.created_at });
    expect(end).toMatchObject({ has_more_before: true, has_more_after: false });
    expect(ids(end)).toContain(said[24]?.id);
  });

  test('[MSG1] has_more is exact at the edge, the limit is 100, and of several cursors one is too many', async () => {
    const { channel } = await place();
    const said: Message[] = [];
    for (let index = 0; index < 101; index++) said.push(await say(ada, channel, `${index}`));
    expect(await page(channel, { limit: 100 })).toMatchObject({ has_more: true });
    expect((await page(channel, { limit: 100, before: said[100]?.id })).has_more).toBe(false);
    expect((await page(channel, {})).items).toHaveLength(50);
    for (const asked of [
      { limit: 101 },
      { limit: 0 },
      { before: said[0]?.id, after: said[0]?.id },
      { around: 'yesterday' },
    ])
      expect(await refused(chat, bo, 'message.list', { channel_id: channel.id, ...asked })).toBe('INVALID_PARAMS');
    expect(await refused(chat, cy, 'message.list', { channel_id: channel.id })).toBe('UNKNOWN_CHANNEL');
  });

  test('[MSG5] a reply names a message of the same channel, and a page brings what it refers to', async () => {
    const { server, channel } = await place();
    const other = await perform<Channel>(chat, ada, 'channel.create', { server_id: server.id, name: 'other' });
    const [target, elsewhere] = [await say(ada, channel, 'target'), await say(ada, other, 'elsewhere')];
    const reply = await say(bo, channel, 'reply', { reply_to_id: target.id });
    expect(reply).toMatchObject({ type: 'reply', reply_to_id: target.id });
    const params = { channel_id: channel.id, content: 'x', reply_to_id: elsewhere.id };
    expect(await refused(chat, bo, 'message.send', params)).toBe('UNKNOWN_MESSAGE');
    const one = await page(channel, { limit: 1 });
    expect(one.referenced.map(({ id }) => id)).toEqual([target.id]);
    expect(one.users.map(({ id }) => id).sort()).toEqual([ada.userId, bo.userId].sort());
    await perform(chat, ada, 'message.delete', { channel_id: channel.id, message_id: target.id });
    expect((await page(channel, { limit: 1 })).referenced).toEqual([]);
    expect(
      await refused(chat, bo, 'message.send', { channel_id: channel.id, content: 'x', reply_to_id: target.id }),
    ).toBe('UNKNOWN_MESSAGE');
  });
});

test('[PERM12] [PERM4] [E10] who loses the view while a page is being read gets no page', async () => {
  let release: (() => void) | null = null;
  let isHolding = false;
  const wrapLog = (log: Log): Log =>
    overridingLog(log, {
      read: async (queries) => {
        if (isHolding) await new Promise<void>((resolve) => (release = resolve));
        return log.read(queries);
      },
    });
  await using slow = await startInstance({ wrapLog });
  const { chat: held } = slow.running;
  const server = await perform<ServerSnapshot>(held, ada, 'server.create', { name: 'Slow reads' });
  const { code } = await perform<{ code: string }>(held, ada, 'invite.create', { server_id: server.id });
  await perform(held, bo, 'invite.accept', { code });
  const channel_id = server.channels[0]?.id;
  const said = await perform<Message>(held, ada, 'message.send', { channel_id, content: 'x' });
  for (const [command, more] of [
    ['message.list', {}],
    ['message.get', { message_id: said.id }],
  ] as const) {
    const role = { server_id: server.id, role_id: server.id };
    await perform(held, ada, 'role.update', { ...role, permissions: String(DEFAULT_PERMISSIONS) });
    isHolding = true;
    const asked = refused(held, bo, command, { channel_id, ...more });
    isHolding = false;
    await perform(held, ada, 'role.update', {
      ...role,
      permissions: String(DEFAULT_PERMISSIONS & ~Permission.VIEW_CHANNEL),
    });
    (release as (() => void) | null)?.();
    expect(await asked).toBe('UNKNOWN_CHANNEL');
  }
});

describe('editing and deleting', () => {
  test('[MSG6] [MSG7] only the author edits; the author or who manages messages deletes', async () => {
    const { channel } = await place();
    const said = await say(bo, channel, 'as written');
    const edit = { channel_id: channel.id, message_id: said.id, content: 'edited' };
    expect(await refused(chat, ada, 'message.edit', edit)).toBe('NOT_THE_AUTHOR');
    const edited = await perform<Message>(chat, bo, 'message.edit', edit);
    expect(edited).toMatchObject({ id: said.id, content: 'edited', is_edited: true, created_at: said.created_at });
    const again = await perform<Message>(chat, bo, 'message.edit', edit);
    expect(again).toEqual(edited);
    const own = await say(ada, channel, 'of the owner');
    expect(await refused(chat, bo, 'message.delete', { channel_id: channel.id, message_id: own.id })).toBe(
      'MISSING_PERMISSION',
    );
    await perform(chat, ada, 'message.delete', { channel_id: channel.id, message_id: said.id });
    for (const command of ['message.get', 'message.delete', 'message.edit'])
      expect(await refused(chat, bo, command, edit)).toBe('UNKNOWN_MESSAGE');
  });

  test('[MSG7] [LOG16] [E12] [E25] an edit that races with a delete never brings the words back', async () => {
    const { channel } = await place();
    for (let round = 0; round < 20; round++) {
      const said = await say(bo, channel, `secret ${round}`);
      const params = { channel_id: channel.id, message_id: said.id };
      await Promise.allSettled([
        chat.dispatch('message.edit', { ...params, content: `edit a ${round}` }, bo),
        chat.dispatch('message.delete', params, bo),
        chat.dispatch('message.edit', { ...params, content: `edit b ${round}` }, bo),
        chat.dispatch('message.delete', params, ada),
      ]);
    }
    const positions = await chat.log.positions([`channel:${channel.id}`], 0, chat.log.tail, 1000);
    const events = await chat.log.events(positions);
    const bodies = events
      .filter(({ type }) => type === 'MESSAGE_CREATE' || type === 'MESSAGE_UPDATE')
      .map(({ body }) => JSON.parse(body) as Message);
    expect(bodies.length).toBeGreaterThanOrEqual(20);
    expect(bodies.map(({ content, content_html }) => content + content_html).filter((words) => words !== '')).toEqual(
      [],
    );
    expect(events.filter(({ type }) => type === 'MESSAGE_DELETE')).toHaveLength(20);
    expect((await page(channel, {})).items).toEqual([]);
  });
});

describe('people who act at the same time', () => {
  test('[CMD4] two changes of one profile, and a joining meanwhile, keep everything', async () => {
    const { code } = await perform<{ code: string }>(chat, ada, 'invite.create', {
      server_id: (await place()).server.id,
    });
    await Promise.all([
      perform(chat, cy, 'user.update', { display_name: 'Cyrus' }),
      perform(chat, cy, 'user.update', { bio: 'likes ponds' }),
      perform(chat, cy, 'invite.accept', { code }),
      perform(chat, cy, 'user.update', { custom_status: 'away' }),
    ]);
    const user = { display_name: 'Cyrus', bio: 'likes ponds', custom_status: 'away' };
    expect(await perform(chat, cy, 'user.me')).toMatchObject(user);
    const server = [...(chat.world.users.get(cy.userId)?.servers ?? [])][0];
    const scope = `server:${server?.id}`;
    const told = (await chat.log.events(await chat.log.positions([scope], 0, chat.log.tail, 1000))).flatMap(
      ({ body, subject }) => (subject === cy.userId ? [(JSON.parse(body) as { user?: unknown }).user] : []),
    );
    expect(told.at(-1)).toMatchObject(user);
  });

  test('[CMD14] there is one DM a pair, whoever opens it, at whatever moment', async () => {
    await place();
    const opened = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0
          ? perform<Channel>(chat, ada, 'dm.open', { recipient_id: bo.userId })
          : perform<Channel>(chat, bo, 'dm.open', { recipient_id: ada.userId }),
      ),
    );
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  });
});
