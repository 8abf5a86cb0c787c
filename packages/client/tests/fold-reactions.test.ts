/** Reactions as a fold: whatever people do, a message shows what a fresh page would (REACT), or asks for it. */
import type { Message, Reaction } from '@snug/protocol';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { select } from '../src/index.ts';
import { applyMessage } from '../src/store/apply-page.ts';
import { ANNA, AT, CHANNEL, id, ME, message } from './fixtures.ts';
import { TestStore } from './test-store.ts';

let one: TestStore;
const MESSAGE = id(500);

beforeEach(() => {
  one = new TestStore();
  one.load(message(MESSAGE));
});

const shown = (): readonly Reaction[] => one.state.messages.get(CHANNEL)?.get(MESSAGE)?.reactions ?? [];
const at = { channel_id: CHANNEL, message_id: MESSAGE };

function react(userId: string, emoji: string, isOn = true, is_super = false): void {
  const body = { ...at, user_id: userId, emoji, is_super };
  one.fold(isOn ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE', { ...body, ...(isOn && { created_at: AT }) });
}

test('[DLV19] reactions count, name the first ten, and know which are mine', () => {
  for (let n = 0; n < 12; n++) react(id(700 + n), '👍');
  react(ME, '❤️', true, true);
  const first = Array.from({ length: 10 }, (_, n) => id(700 + n));
  expect(shown()).toEqual([
    { emoji: '👍', count: 12, users: first, me: false },
    { emoji: '❤️', count: 1, users: [ME], me: true, super_count: 1 },
  ]);
  react(ME, '❤️', false, true);
  expect(shown().map(({ emoji }) => emoji)).toEqual(['👍']);
  one.fold('MESSAGE_REACTION_CLEAR', { ...at, emoji: null });
  expect(shown()).toEqual([]);
});

test('[STORE9] what a removal leaves open is asked for, and the answer counts', () => {
  for (let n = 0; n < 12; n++) react(id(700 + n), '👍');
  react(id(711), '👍', false);
  expect(one.wanted().messages.size).toBe(0);
  react(id(703), '👍', false);
  expect([...one.wanted().messages]).toEqual([[MESSAGE, CHANNEL]]);
  const users = [700, 701, 702, 704, 705, 706, 707, 708, 709, 710].map(id);
  const answer = message(MESSAGE, { reactions: [{ emoji: '👍', count: 10, users, me: false }] });
  one.store.applyAt(one.position, (context) => applyMessage(context, answer));
  expect(shown()).toEqual(answer.reactions);
});

test('[STORE4] reactions above the position of a page are applied to it again, those below are not', () => {
  const end = one.store.ledger.log.beginFetch();
  react(ANNA, '👍');
  react(ANNA, '❤️');
  const asOfFirst = message(MESSAGE, { reactions: [{ emoji: '👍', count: 1, users: [ANNA], me: false }] });
  one.store.applyAt(one.position - 1, (context) => applyMessage(context, asOfFirst));
  expect(shown().map(({ emoji, count }) => `${emoji}${count}`)).toEqual(['👍1', '❤️1']);
  end();
  const ahead = message(MESSAGE, { reactions: [{ emoji: '🎉', count: 1, users: [ME], me: true }] });
  one.store.applyAt(one.position + 1, (context) => applyMessage(context, ahead));
  react(ME, '🎉');
  expect(shown()).toEqual(ahead.reactions);
});

test('[DLV19] a pin is shown on the message, and when it was on the channel', () => {
  one.fold('MESSAGE_PIN', { ...at, pinned_by: ANNA, pinned_at: AT });
  expect(one.state.messages.get(CHANNEL)?.get(MESSAGE)?.is_pinned).toBe(true);
  expect(one.state.channels.get(CHANNEL)?.last_pin_at).toBe(AT);
  one.fold('MESSAGE_UNPIN', at);
  expect(one.state.messages.get(CHANNEL)?.get(MESSAGE)?.is_pinned).toBe(false);
});

test('[STORE8] what I have just reacted is shown with what the server says, and never twice', () => {
  react(ANNA, '👍');
  const wish = (emoji: string, isOn: boolean): void =>
    one.store.change((draft) => draft.put('reactionWishes', MESSAGE, [{ emoji, isOn, isSuper: false }]));
  const seen = (): string[] => {
    const loaded = one.state.messages.get(CHANNEL)?.get(MESSAGE) as Message;
    return select.reactionsOf(one.state, loaded).map(({ emoji, count, me }) => `${emoji}${count}${me ? ' me' : ''}`);
  };
  wish('👍', true);
  expect(seen()).toEqual(['👍2 me']);
  react(ME, '👍');
  expect(seen()).toEqual(['👍2 me']);
  wish('👍', false);
  expect(seen()).toEqual(['👍1']);
  one.store.change((draft) => draft.remove('reactionWishes', MESSAGE));
  expect(seen()).toEqual(['👍2 me']);
});

interface Row {
  readonly user: string;
  readonly emoji: string;
}

/** What a page says, made of the rows there are: the order of first use, the first ten, the count. */
function page(rows: readonly Row[]): Reaction[] {
  const emojis = [...new Set(rows.map(({ emoji }) => emoji))];
  return emojis.map((emoji) => {
    const users = rows.filter((row) => row.emoji === emoji).map(({ user }) => user);
    return { emoji, count: users.length, users: users.slice(0, 10), me: users.includes(ME) };
  });
}

test('[STORE1] whatever is added and taken back, the fold is the page, or it has asked for it', () => {
  const act = fc.record({ user: fc.nat(14), emoji: fc.constantFrom('👍', '❤️', '🎉'), isOn: fc.boolean() });
  let certain = 0;
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60, size: 'max' }), (acts) => {
      one = new TestStore();
      one.load(message(MESSAGE));
      const rows: Row[] = [];
      for (const { user, emoji, isOn } of acts) {
        const userId = user === 0 ? ME : id(700 + user);
        const known = rows.findIndex((row) => row.user === userId && row.emoji === emoji);
        if (isOn !== known < 0) continue;
        if (isOn) rows.push({ user: userId, emoji });
        else rows.splice(known, 1);
        react(userId, emoji, isOn);
        if (one.wanted().messages.size === 0) certain++;
        else {
          const answer = message(MESSAGE, { reactions: page(rows) });
          one.store.applyAt(one.position, (context) => applyMessage(context, answer));
        }
        expect(shown()).toEqual(page(rows));
      }
    }),
    { numRuns: 300 },
  );
  // The premise: most of it is folded, not fetched.
  expect(certain).toBeGreaterThan(2000);
});
