import type { Channel, EventBody, Message, MessagePage, Reaction, ServerSnapshot, User } from '@snug/protocol';
import { LIMITS } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../src/commands/handler.ts';
import { API, openParlour, outcome, type Parlour, page, pathOf, said } from './parlour.ts';
import { actor, perform } from './people.ts';

let parlour: Parlour;
let people: Person[];
let ada: Person;
let bo: Person;
let cy: Person;
const DAY = 86_400_000;
const MINUTE = 60_000;
/** Five minutes to midnight, UTC: the day ends when a test says so. */
let clock = Math.ceil(Date.now() / DAY) * DAY - 5 * MINUTE;
beforeAll(async () => {
  parlour = await openParlour({ now: () => ++clock });
  people = await Promise.all(Array.from({ length: 13 }, () => parlour.person()));
  [ada, bo, cy] = people as [Person, Person, Person];
});
afterAll(() => parlour[Symbol.asyncDispose]());

const emojiPath = (message: Message, emoji: string): string =>
  `${pathOf(message)}/reactions/${encodeURIComponent(emoji)}`;
const react = (who: Person, message: Message, emoji: string, more: Record<string, unknown> = {}) =>
  who.rest.put(`${emojiPath(message, emoji)}/@me`, more);
const takeBack = (who: Person, message: Message, emoji: string) => who.rest.delete(`${emojiPath(message, emoji)}/@me`);
const reactionsOf = async (who: Person, message: Message): Promise<Reaction[]> =>
  (await who.rest.get<Message>(pathOf(message))).body.reactions;

async function begin(...guests: Person[]): Promise<{ channel: Channel; message: Message }> {
  const { channel } = await parlour.place(ada, ...guests);
  return { channel, message: await said(ada, channel, 'react to this') };
}

/** What somebody who hears everything makes of it: the rule a client follows. */
function folded(events: readonly { t?: unknown; d?: unknown }[], messageId: string): Omit<Reaction, 'me'>[] {
  const shown: { emoji: string; users: string[]; supers: number }[] = [];
  for (const { t, d } of events) {
    const body = d as EventBody<'MESSAGE_REACTION_REMOVE'>;
    if (body?.message_id !== messageId) continue;
    const known = shown.find(({ emoji }) => emoji === body.emoji);
    if (t === 'MESSAGE_REACTION_ADD') {
      const one = known ?? { emoji: body.emoji, users: [], supers: 0 };
      if (known === undefined) shown.push(one);
      one.users.push(body.user_id);
      one.supers += Number(body.is_super);
    } else if (t === 'MESSAGE_REACTION_REMOVE' && known !== undefined) {
      known.users.splice(known.users.indexOf(body.user_id), 1);
      known.supers -= Number(body.is_super);
      if (known.users.length === 0) shown.splice(shown.indexOf(known), 1);
    }
  }
  return shown.map(({ emoji, users, supers }) => ({
    emoji,
    count: users.length,
    users,
    ...(supers === 0 ? {} : { super_count: supers }),
  }));
}

describe('reacting', () => {
  test('[REACT1] [REACT3] twice is once, everybody hears it once, and `me` is true for who asks', async () => {
    const { channel, message } = await begin(bo);
    const { gateway } = await parlour.listen(ada);
    expect((await Promise.all([react(bo, message, '👍'), react(bo, message, '👍')])).map(outcome)).toEqual([
      '204',
      '204',
    ]);
    expect(outcome(await react(bo, message, '👍'))).toBe('204');
    const heard = await gateway.dispatch<EventBody<'MESSAGE_REACTION_ADD'>>('MESSAGE_REACTION_ADD');
    expect(heard.d).toMatchObject({ channel_id: channel.id, message_id: message.id, user_id: bo.id, emoji: '👍' });
    expect(heard.d).not.toHaveProperty('me');
    expect(await reactionsOf(bo, message)).toEqual([{ emoji: '👍', count: 1, users: [bo.id], me: true }]);
    expect((await page(ada, channel)).items[0]?.reactions).toEqual([
      { emoji: '👍', count: 1, users: [bo.id], me: false },
    ]);
    expect((await Promise.all([takeBack(bo, message, '👍'), takeBack(bo, message, '👍')])).map(outcome)).toEqual([
      '204',
      '204',
    ]);
    expect(outcome(await takeBack(bo, message, '🎉'))).toBe('204');
    await said(ada, channel, 'the end');
    const after = [...gateway.waiting()]
      .map(({ t }) => t)
      .filter((type) => String(type).startsWith('MESSAGE_REACTION'));
    expect(after).toEqual(['MESSAGE_REACTION_REMOVE']);
    expect(await reactionsOf(bo, message)).toEqual([]);
  });

  test('[REACT2] stand in the order of first use; an emoji that comes back stands last', async () => {
    const { channel, message } = await begin(bo, cy);
    for (const [who, emoji] of [
      [ada, '👍'],
      [bo, '🎉'],
      [cy, '👍'],
      [cy, '🎈'],
    ] as const)
      await react(who, message, emoji);
    // The first who used it takes it back; the emoji keeps its place as long as anybody is left.
    await takeBack(ada, message, '👍');
    await takeBack(bo, message, '🎉');
    await react(ada, message, '🎉');
    const shown = (await page(ada, channel)).items[0]?.reactions as Reaction[];
    expect(shown.map(({ emoji, users }) => [emoji, users])).toEqual([
      ['👍', [cy.id]],
      ['🎈', [cy.id]],
      ['🎉', [ada.id]],
    ]);
  });

  test('[REACT2] [DLV19] a random storm ends equal for who heard it and who asks', async () => {
    const { channel, message } = await begin(...people.slice(1, 6));
    const { gateway } = await parlour.listen(bo);
    const emoji = ['👍', '🎉', '🎈', '😀'];
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 20; round++) {
      await Promise.all(
        Array.from({ length: 6 }, () => {
          const [who, which] = [people[next(6)] as Person, emoji[next(4)] as string];
          return next(3) === 0 ? takeBack(who, message, which) : react(who, message, which);
        }),
      );
    }
    await said(ada, channel, 'the end');
    const heard: { t?: unknown; d?: unknown }[] = [];
    for await (const frame of gateway) {
      if (frame.t === 'MESSAGE_CREATE') break;
      heard.push(frame);
    }
    expect(heard.length).toBeGreaterThan(20);
    const shown = (await reactionsOf(bo, message)).map(({ me: _, ...rest }) => rest);
    expect(shown.length).toBeGreaterThan(0);
    expect(folded(heard, message.id)).toEqual(shown);
  });

  test('[REACT2] [REACT7] only the first ten are named; all are listed by user id, page by page', async () => {
    const { channel, message } = await begin(...people.slice(1));
    for (const who of people) await react(who, message, '👍');
    const [latest] = (await page(people[12] as Person, channel)).items as [Message];
    const [shown] = latest.reactions;
    expect(shown).toMatchObject({ count: 13, me: true, users: people.slice(0, 10).map(({ id }) => id) });
    const listed: string[] = [];
    for (let after = ''; ; ) {
      const query = `?limit=5${after === '' ? '' : `&after=${after}`}`;
      const { body } = await bo.rest.get<{ items: { user: User }[]; has_more: boolean }>(
        emojiPath(message, '👍') + query,
      );
      listed.push(...body.items.map(({ user }) => user.id));
      if (!body.has_more) break;
      after = listed.at(-1) as string;
    }
    expect(listed).toEqual(people.map(({ id }) => id).toSorted());
  });

  test('[REACT8] it is one emoji, in both forms of its address', async () => {
    const { message } = await begin(bo);
    for (const wrong of ['x', '👍👍', ':thumbsup:', ' '])
      expect(outcome(await react(bo, message, wrong))).toBe('INVALID_PARAMS');
    expect(outcome(await bo.rest.put(emojiPath(message, '👩‍💻')))).toBe('204');
    expect(await reactionsOf(bo, message)).toMatchObject([{ emoji: '👩‍💻' }]);
    expect(outcome(await bo.rest.delete(emojiPath(message, '👩‍💻')))).toBe('204');
    expect(await reactionsOf(bo, message)).toEqual([]);
  });
});

test('[REACT2] [REACT3] a page of thousands of reactions names the first ten of each emoji, and knows the one who asks', async () => {
  const { chat } = parlour.instance.running;
  const crowd = Array.from({ length: 110 }, (_, index) => actor(index + 1));
  const [host, ...guests] = crowd as [Actor, ...Actor[]];
  const server = await perform<ServerSnapshot>(chat, host, 'server.create', { name: 'A crowd' });
  const { code } = await perform<{ code: string }>(chat, host, 'invite.create', { server_id: server.id });
  await Promise.all(guests.map((guest) => perform(chat, guest, 'invite.accept', { code })));
  const channel_id = server.channels[0]?.id;
  const messages: Message[] = [];
  for (const content of ['one', 'two'])
    messages.push(await perform(chat, host, 'message.send', { channel_id, content }));
  const emoji = Array.from({ length: 10 }, (_, index) => String.fromCodePoint(0x1f600 + ((index * 7) % 10)));
  for (const { id: message_id } of messages)
    for (const who of crowd)
      for (const one of emoji) await perform(chat, who, 'reaction.add', { channel_id, message_id, emoji: one });
  for (const who of [host, guests[50] as Actor, guests.at(-1) as Actor]) {
    const { items } = await perform<MessagePage>(chat, who, 'message.list', { channel_id, limit: 2 });
    for (const { reactions } of items) {
      expect(reactions.map((one) => one.emoji)).toEqual(emoji);
      const users = crowd.slice(0, 10).map(({ userId }) => userId);
      expect(reactions.every((one) => one.count === 110 && one.me)).toBe(true);
      expect(reactions.map((one) => one.users)).toEqual(emoji.map(() => users));
    }
    // One message of them is few enough to be read in one scan, and shows the same.
    const [shown] = items as [Message];
    const alone = await perform<Message>(chat, who, 'message.get', { channel_id, message_id: shown.id });
    expect(alone.reactions).toEqual(shown.reactions);
  }
  await perform(chat, host, 'reaction.remove', { channel_id, message_id: messages[0]?.id, emoji: emoji[3] });
  const { items } = await perform<MessagePage>(chat, host, 'message.list', { channel_id, limit: 2 });
  expect(items[1]?.reactions.map(({ me }) => me)).toEqual(emoji.map((_, index) => index !== 3));
}, 30_000);

describe('what bounds them', () => {
  test('[REACT4] [PERM4] the permissions; without sight there is no channel', async () => {
    const { channel, message } = await begin(bo);
    await react(bo, message, '👍');
    const { server_id } = channel;
    await ada.rest.patch(`${API}/servers/${server_id}/roles/${server_id}`, { permissions: '3' });
    expect(outcome(await react(bo, message, '👍'))).toBe('MISSING_PERMISSION');
    expect(outcome(await bo.rest.delete(`${pathOf(message)}/reactions`))).toBe('MISSING_PERMISSION');
    expect(outcome(await takeBack(bo, message, '👍'))).toBe('204');
    for (const call of [react(cy, message, '👍'), takeBack(cy, message, '👍'), cy.rest.get(emojiPath(message, '👍'))])
      expect(outcome(await call)).toBe('UNKNOWN_CHANNEL');
    const gone = { ...message, id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' };
    expect(outcome(await react(ada, gone, '👍'))).toBe('UNKNOWN_MESSAGE');
    expect(outcome(await ada.rest.get(emojiPath(gone, '👍')))).toBe('UNKNOWN_MESSAGE');
  });

  test('[REACT4] who looks after the channel clears one emoji or all', async () => {
    const { message } = await begin(bo);
    for (const emoji of ['👍', '🎉', '🎈']) await react(bo, message, emoji);
    const { gateway } = await parlour.listen(bo);
    expect(outcome(await ada.rest.delete(`${pathOf(message)}/reactions?emoji=${encodeURIComponent('🎉')}`))).toBe(
      '204',
    );
    expect((await gateway.dispatch('MESSAGE_REACTION_CLEAR')).d).toMatchObject({ message_id: message.id, emoji: '🎉' });
    expect((await reactionsOf(bo, message)).map(({ emoji }) => emoji)).toEqual(['👍', '🎈']);
    expect(outcome(await ada.rest.delete(`${pathOf(message)}/reactions`))).toBe('204');
    expect((await gateway.dispatch('MESSAGE_REACTION_CLEAR')).d).toMatchObject({ emoji: null });
    expect(await reactionsOf(bo, message)).toEqual([]);
    expect(outcome(await react(bo, message, '🎉'))).toBe('204');
  });

  test('[REACT5] so many emoji and no more, also when all come at once; those that are there take anybody', async () => {
    const { message } = await begin(bo, cy);
    const emoji = Array.from({ length: 30 }, (_, index) => String.fromCodePoint(0x1f600 + index));
    const outcomes = (await Promise.all(emoji.map((one) => react(bo, message, one)))).map(outcome);
    expect(outcomes.filter((one) => one === '204')).toHaveLength(LIMITS.REACTIONS_PER_MESSAGE);
    expect(outcomes.filter((one) => one === 'LIMIT_REACHED')).toHaveLength(30 - LIMITS.REACTIONS_PER_MESSAGE);
    const [first] = await reactionsOf(bo, message);
    expect(outcome(await react(cy, message, first?.emoji as string))).toBe('204');
    expect(await reactionsOf(bo, message)).toHaveLength(LIMITS.REACTIONS_PER_MESSAGE);
  });

  test('[REACT5] a few super reactions a day, exactly; one taken back is gone', async () => {
    const { message } = await begin(bo);
    const emoji = ['😀', '😁', '😂', '😃', '😄', '😅', '😆', '😇'];
    const outcomes = (await Promise.all(emoji.map((one) => react(bo, message, one, { is_super: true })))).map(outcome);
    expect(outcomes.filter((one) => one === '204')).toHaveLength(LIMITS.SUPER_REACTIONS_PER_DAY);
    const shown = await reactionsOf(bo, message);
    expect(shown.every(({ super_count }) => super_count === 1)).toBe(true);
    await takeBack(bo, message, shown[0]?.emoji as string);
    expect(outcome(await react(bo, message, '👍', { is_super: true }))).toBe('LIMIT_REACHED');
    expect(outcome(await react(ada, message, '👍', { is_super: true }))).toBe('204');
    expect(outcome(await react(bo, message, '👍'))).toBe('204');
    expect(await reactionsOf(bo, message)).toContainEqual(
      expect.objectContaining({ emoji: '👍', count: 2, super_count: 1 }),
    );
    clock += 6 * MINUTE;
    expect(outcome(await react(bo, message, '🎈', { is_super: true }))).toBe('204');
  });

  test('[REACT6] [MSG17] [MSG21] they go with the message; not where it is archived, not across a block', async () => {
    const { channel, message } = await begin(bo);
    await react(bo, message, '👍');
    await ada.rest.delete(pathOf(message));
    expect(outcome(await react(bo, message, '👍'))).toBe('UNKNOWN_MESSAGE');
    const { value } = await parlour.instance.running.chat.log.read({
      left: {
        sql: 'SELECT (SELECT count(*) FROM reactions WHERE message_id = ?1) + (SELECT count(*) FROM reaction_counts WHERE message_id = ?1) AS n',
        params: [message.id],
        map: ([row]) => row?.n,
      },
    });
    expect(value.left).toBe(0);
    const other = await said(ada, channel, 'before it was archived');
    await ada.rest.patch(`${API}/channels/${channel.id}`, { is_archived: true });
    expect(outcome(await react(bo, other, '👍'))).toBe('CHANNEL_ARCHIVED');
    const dm = (await ada.rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: bo.id })).body;
    const between = await said(ada, dm, 'between us');
    expect(outcome(await react(bo, between, '👍'))).toBe('204');
    await ada.rest.put(`${API}/users/@me/relationships/${bo.id}`, { type: 'blocked' });
    expect(outcome(await react(bo, between, '🎉'))).toBe('CANNOT_MESSAGE');
    expect(outcome(await takeBack(bo, between, '👍'))).toBe('204');
    await ada.rest.delete(`${API}/users/@me/relationships/${bo.id}`);
  });
});
