import { EMPTY_STATE, type State } from '@snug/client';
import type { AuditEntry, Channel, Role } from '@snug/protocol';
import { describe, expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '../src/features/moderation/audit-actions.ts';
import { onceCalled, sayAudit } from '../src/features/moderation/say-audit.ts';

const PEOPLE: Readonly<Record<string, string>> = { ada: 'Ada', bob: 'Bob' };
const mod = { id: 'role-1', server_id: 'server', name: 'mod', color: 0 } as unknown as Role;
const state: State = {
  ...EMPTY_STATE,
  roles: new Map([['server', [mod]]]),
  channels: new Map([['room', { id: 'room', server_id: 'server', name: 'general' } as unknown as Channel]]),
};

function act(action: string, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    position: 1,
    server_id: 'server',
    action,
    actor_id: 'ada',
    target_id: null,
    channel_id: null,
    changes: {},
    reason: '',
    at: '2026-11-20T09:00:00.000Z',
    ...more,
  };
}

function say(entry: AuditEntry, log: readonly AuditEntry[] = []) {
  return sayAudit(state, entry, { nameOf: (id) => PEOPLE[id] ?? 'Somebody who left', onceCalled: onceCalled(log) });
}

describe('an act in words', () => {
  test('every kind of act has a sentence that begins with who did it', () => {
    for (const action of Object.keys(AUDIT_ACTIONS)) {
      const { sentence } = say(act(action, { target_id: 'bob', channel_id: 'room', changes: { author_id: 'bob' } }));
      expect(sentence, action).toMatch(/^Ada [a-z]+ /);
      expect(sentence, action).not.toMatch(/undefined|null/);
    }
  });

  test('what a member suffers is told apart', () => {
    const told = (changes: AuditEntry['changes']) => say(act('MEMBER_UPDATE', { target_id: 'bob', changes }));
    expect(told({ role_ids: ['role-1'] })).toEqual({
      sentence: 'Ada changed the roles of Bob',
      changes: ['roles: mod'],
    });
    expect(told({ timed_out_until: '2026-11-20T10:00:00.000Z' }).sentence).toBe('Ada timed out Bob');
    expect(told({ timed_out_until: null })).toEqual({ sentence: 'Ada ended the timeout of Bob', changes: [] });
    expect(told({ nickname: null })).toEqual({ sentence: 'Ada changed the nickname of Bob', changes: [] });
    expect(told({ is_muted: true })).toEqual({ sentence: 'Ada changed Bob', changes: ['muted'] });
  });

  test('what is gone keeps the name that the log tells of it', () => {
    const created = act('ROLE_CREATE', { target_id: 'role-2', changes: { name: 'Gardeners', color: 1 } });
    const deleted = act('ROLE_DELETE', { target_id: 'role-2' });
    expect(say(deleted, [deleted, created]).sentence).toBe('Ada deleted the role Gardeners');
    expect(say(deleted).sentence).toBe('Ada deleted the role (name not known here)');
    // What something began with is no change.
    expect(say(created, [created]).changes).toEqual([]);
  });

  test('where it was done, and by whom where nobody did it', () => {
    const deleted = act('MESSAGE_DELETE', { target_id: 'm', channel_id: 'room', changes: { author_id: 'bob' } });
    expect(say(deleted).sentence).toBe('Ada deleted a message of Bob in #general');
    expect(say({ ...deleted, channel_id: 'hidden' }).sentence).toBe(
      'Ada deleted a message of Bob in a channel that you cannot see',
    );
    expect(
      say(act('MEMBER_UPDATE', { actor_id: null, target_id: 'bob', changes: { timed_out_until: null } })).sentence,
    ).toBe('Time ended the timeout of Bob');
  });

  test('an act of a newer server is named as it names itself, and fields that say nothing are passed over', () => {
    expect(say(act('STAGE_CREATE')).sentence).toBe('Ada: STAGE_CREATE');
    const changed = act('CHANNEL_UPDATE', {
      target_id: 'room',
      changes: { is_private: true, slow_mode_delay: 10, something_new: 1 },
    });
    expect(say(changed)).toEqual({
      sentence: 'Ada changed the channel #general',
      changes: ['made private', 'slow mode: 10 seconds'],
    });
  });
});
