/** Guards and nonces, which hold inside the transaction, on any log (E12, E13, E23). */
import type { Append, AppendResult, Log, LogEvent } from '@snug/chat';
import { describe, expect, test } from 'vitest';
import {
  append,
  channelCreate,
  countingIds,
  dmCreate,
  inviteCreate,
  inviteUse,
  memberAdd,
  messageCreate,
  messageDelete,
  reactionAdd,
  readStateUpdate,
  SUITE_TIME,
  serverCreate,
  serverUpdate,
  userCreate,
} from './log-facts.ts';
import { committed, everything, type OpenLog } from './log-suite.ts';

type Guard = Append['guards'][number];
type Open = () => Promise<OpenLog>;
type LogEventOf = Extract<LogEvent, { type: 'READ_STATE_UPDATE' }>;

/** A guard, whether it lets through what the fixture below holds, and what it says if not. */
const GUARDS: readonly [name: string, outcome: string, guard: Guard][] = [
  ['unique: a new user', 'committed', { kind: 'unique', key: 'user', args: ['new'], refusal: 'CONFLICT' }],
  ['unique: a known user', 'CONFLICT', { kind: 'unique', key: 'user', args: ['ada'], refusal: 'CONFLICT' }],
  ['unique: a member', 'CONFLICT', { kind: 'unique', key: 'member', args: ['s', 'ada'], refusal: 'CONFLICT' }],
  ['unique: elsewhere', 'committed', { kind: 'unique', key: 'member', args: ['t', 'ada'], refusal: 'CONFLICT' }],
  ['unique: a DM', 'CONFLICT', { kind: 'unique', key: 'dm', args: ['ada:bo'], refusal: 'CONFLICT' }],
  ['unique: an invite', 'CONFLICT', { kind: 'unique', key: 'invite', args: ['code'], refusal: 'CONFLICT' }],
  ['exists: a message', 'committed', { kind: 'exists', key: 'message', args: ['c', 'm'], refusal: 'UNKNOWN_MESSAGE' }],
  [
    'exists: a deleted one',
    'UNKNOWN_MESSAGE',
    { kind: 'exists', key: 'message', args: ['c', 'd'], refusal: 'UNKNOWN_MESSAGE' },
  ],
  [
    'exists: by its channel',
    'UNKNOWN_MESSAGE',
    { kind: 'exists', key: 'message', args: ['x', 'm'], refusal: 'UNKNOWN_MESSAGE' },
  ],
  ['exists: a member', 'committed', { kind: 'exists', key: 'member', args: ['s', 'ada'], refusal: 'UNKNOWN_MEMBER' }],
  ['exists: an invite', 'INVITE_INVALID', { kind: 'exists', key: 'invite', args: ['no'], refusal: 'INVITE_INVALID' }],
  ['exists: a server', 'committed', { kind: 'exists', key: 'server', args: ['s'], refusal: 'UNKNOWN_SERVER' }],
  [
    'exists: a channel',
    'UNKNOWN_CHANNEL',
    { kind: 'exists', key: 'channel', args: ['no'], refusal: 'UNKNOWN_CHANNEL' },
  ],
  [
    'count_below: room',
    'committed',
    { kind: 'count_below', key: 'channels_of_server', args: ['s'], below: 2, refusal: 'LIMIT_REACHED' },
  ],
  [
    'count_below: full',
    'LIMIT_REACHED',
    { kind: 'count_below', key: 'channels_of_server', args: ['s'], below: 1, refusal: 'LIMIT_REACHED' },
  ],
  [
    'count_below: DMs',
    'LIMIT_REACHED',
    { kind: 'count_below', key: 'dms_of_user', args: ['bo'], below: 1, refusal: 'LIMIT_REACHED' },
  ],
  ['uses_left', 'committed', { kind: 'uses_left', code: 'code', now: SUITE_TIME, refusal: 'INVITE_INVALID' }],
  [
    'uses_left: expired',
    'INVITE_INVALID',
    { kind: 'uses_left', code: 'code', now: SUITE_TIME + 60_000, refusal: 'INVITE_INVALID' },
  ],
  ['unchanged: a value', 'committed', { kind: 'unchanged', key: 'read_position', args: ['ada', 'c'], value: 3 }],
  ['unchanged: no row', 'committed', { kind: 'unchanged', key: 'read_position', args: ['cy', 'c'], value: null }],
  ['unchanged: another value', 'stale', { kind: 'unchanged', key: 'read_position', args: ['ada', 'c'], value: 2 }],
  ['unchanged: a row after all', 'stale', { kind: 'unchanged', key: 'read_position', args: ['ada', 'c'], value: null }],
  ['authority: since a change', 'committed', { kind: 'authority', keys: ['server:s'], position: 1000 }],
  ['authority: before a change', 'stale', { kind: 'authority', keys: ['channel:c', 'server:s'], position: 1 }],
  ['authority: of others', 'committed', { kind: 'authority', keys: ['server:t'], position: 1 }],
  ['slow_mode: too soon', 'SLOW_MODE', slowly('ada', 4999)],
  ['slow_mode: late enough', 'committed', slowly('ada', 5000)],
  ['slow_mode: of others', 'committed', slowly('bo', 0)],
  ['mentions: as counted', 'committed', mentions('bo', 1)],
  ['mentions: another count', 'stale', mentions('bo', 0)],
  ['mentions: by oneself', 'committed', mentions('ada', 0)],
  ['count_below: emoji', 'LIMIT_REACHED', emoji(1)],
  ['count_below: room for emoji', 'committed', emoji(2)],
];

function slowly(user_id: string, later: number): Guard {
  return { kind: 'slow_mode', channel_id: 'c', user_id, now: SUITE_TIME + later, delay: 5000 };
}

/** Messages that call Bo, by others than this user. */
function mentions(user_id: string, value: number): Guard {
  return { kind: 'mentions', channel_id: 'c', user_id, targets: ['u:bo', 'everyone'], after: 0, value };
}

function emoji(below: number): Guard {
  return { kind: 'count_below', key: 'emoji_of_message', args: ['c', 'm'], below, refusal: 'LIMIT_REACHED' };
}

async function fixture(log: Log): Promise<void> {
  const events = [
    userCreate('ada'),
    serverCreate('s', 'ada'),
    channelCreate('c', 's'),
    memberAdd('s', 'ada'),
    dmCreate('dm', 'ada', 'bo'),
    inviteCreate('s', 'code', 0),
    messageCreate('c', 'd', 'ada', 'deleted'),
    messageDelete('c', 'd'),
    messageCreate('c', 'm', 'ada', 'stays'),
    messageCreate('c', 'slow', 'ada', '@bo', { slow_mode_delay: 5, mentions: ['bo'], mention_everyone: true }),
    reactionAdd('c', 'm', 'bo', '👍'),
    reactionAdd('c', 'm', 'ada', '👍'),
    readStateUpdate('ada', 'c', 3),
    serverUpdate('s', 'changed'),
  ];
  committed(await log.append(append('ada', events)));
}

const outcomeOf = (result: AppendResult): string => (result.kind === 'refused' ? result.code : result.kind);

export function guardSuite(name: string, open: Open): void {
  describe(`guards, ${name}`, () => {
    kinds(open);
    batches(open);
    nonces(open);
    replacing(open);
  });
}

function kinds(open: Open): void {
  test('[CMD5] [CMD6] [E12] each kind lets through or refuses by name, and the rest of its batch commits', async () => {
    await using opened = await open();
    const { log } = opened;
    await fixture(log);
    const ids = countingIds();
    for (const [guard, expected, given] of GUARDS) {
      const before = await everything(log);
      const results = await Promise.all([
        log.append(append('bo', messageCreate('c', ids(), 'bo', 'in front'))),
        log.append(append('bo', messageCreate('c', ids(), 'bo', 'guarded'), { guards: [given] })),
        log.append(append('bo', messageCreate('c', ids(), 'bo', 'behind'))),
      ]);
      expect({ guard, outcomes: results.map(outcomeOf) }).toEqual({
        guard,
        outcomes: ['committed', expected, 'committed'],
      });
      expect(await everything(log)).toHaveLength(before.length + (expected === 'committed' ? 3 : 2));
    }
  });
}

function batches(open: Open): void {
  test('[CMD14] [E12] the last uses of an invite are used once each, all at the same moment', async () => {
    await using opened = await open();
    const { log } = opened;
    await log.append(append('ada', [serverCreate('s', 'ada'), inviteCreate('s', 'three', 3)]));
    const guards: Guard[] = [{ kind: 'uses_left', code: 'three', now: SUITE_TIME, refusal: 'INVITE_INVALID' }];
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        log.append(
          append(`u${index}`, [inviteUse('s', 'three', `u${index}`), memberAdd('s', `u${index}`)], { guards }),
        ),
      ),
    );
    expect(results.map(outcomeOf)).toEqual([
      ...Array.from({ length: 3 }, () => 'committed'),
      ...Array.from({ length: 17 }, () => 'INVITE_INVALID'),
    ]);
    expect(new Set(results.flatMap((one) => (one.kind === 'committed' ? [one.events[0]?.batch] : []))).size).toBe(1);
  });

  test('[CMD5] one of two with the same unique key, at the same moment', async () => {
    await using opened = await open();
    const { log } = opened;
    const guards: Guard[] = [{ kind: 'unique', key: 'user', args: ['ada'], refusal: 'CONFLICT' }];
    const results = await Promise.all([1, 2, 3].map(() => log.append(append('ada', userCreate('ada'), { guards }))));
    expect(results.map(outcomeOf)).toEqual(['committed', 'CONFLICT', 'CONFLICT']);
  });

  test('[CMD7] [E12] authority that a command of the same batch takes away is gone for those behind it', async () => {
    await using opened = await open();
    const { log } = opened;
    await fixture(log);
    const ids = countingIds();
    const guards: Guard[] = [{ kind: 'authority', keys: ['server:s'], position: log.tail }];
    const sendOne = (): Promise<AppendResult> =>
      log.append(append('bo', messageCreate('c', ids(), 'bo', 'x'), { guards }));
    const results = await Promise.all([sendOne(), log.append(append('ada', serverUpdate('s', 'z'))), sendOne()]);
    expect(results.map(outcomeOf)).toEqual(['committed', 'committed', 'stale']);
    // Decided again on what is there now, it goes through.
    const again: Guard[] = [{ kind: 'authority', keys: ['server:s'], position: log.tail }];
    expect((await log.append(append('bo', messageCreate('c', ids(), 'bo', 'x'), { guards: again }))).kind).toBe(
      'committed',
    );
  });
}

function nonces(open: Open): void {
  test('[CMD8] [CMD11] [E13] a nonce is one event: in one batch, in a later one, before any guard', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const failing: Guard[] = [{ kind: 'exists', key: 'server', args: ['no'], refusal: 'UNKNOWN_SERVER' }];
    const sendOne = (actor: string, guards: Guard[] = []): Promise<AppendResult> =>
      log.append(append(actor, messageCreate('c', ids(), actor, 'x'), { nonce: 'same', guards }));
    const [first, ...others] = await Promise.all([
      sendOne('ada'),
      sendOne('ada'),
      sendOne('bo'),
      sendOne('ada', failing),
    ]);
    expect(committed(first as AppendResult).events[0]).toMatchObject({ position: 1, nonce: 'same' });
    expect(others.map(({ kind }) => kind)).toEqual(['duplicate', 'committed', 'duplicate']);
    expect(others[0]).toEqual({ kind: 'duplicate', position: 1 });
    expect(await sendOne('ada')).toEqual({ kind: 'duplicate', position: 1 });
    expect(await sendOne('ada', failing)).toEqual({ kind: 'duplicate', position: 1 });
    expect(await everything(log)).toHaveLength(2);
  });

  test('[CMD8] a nonce whose command was refused is free', async () => {
    await using opened = await open();
    const { log } = opened;
    const guards: Guard[] = [{ kind: 'exists', key: 'server', args: ['no'], refusal: 'UNKNOWN_SERVER' }];
    const sendOne = (more: Partial<Append>): Promise<AppendResult> =>
      log.append(append('ada', messageCreate('c', 'm', 'ada', 'x'), { nonce: 'n', ...more }));
    expect(outcomeOf(await sendOne({ guards }))).toBe('UNKNOWN_SERVER');
    expect((await sendOne({})).kind).toBe('committed');
  });
}

function replacing(open: Open): void {
  test('[READ8] [E23] of several that wait with one key only the highest is written, and all hear its answer', async () => {
    await using opened = await open();
    const { log } = opened;
    const ack = (actor: string, channel: string, rank: number): Promise<AppendResult> =>
      log.append(append(actor, readStateUpdate(actor, channel, rank), { replaces: { key: `ack:${channel}`, rank } }));
    const results = await Promise.all([
      ack('ada', 'c', 5),
      ack('ada', 'c', 9),
      ack('bo', 'c', 1),
      ack('ada', 'd', 2),
      ack('ada', 'c', 7),
    ]);
    const positions = results.map((result) => (committed(result).events[0] as LogEventOf).body.read_position);
    expect(positions).toEqual([9, 9, 1, 2, 9]);
    expect(await everything(log)).toHaveLength(3);
  });
}
