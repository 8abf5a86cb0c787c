import { SnugError } from '@snug/client';
import { REFUSALS, type RefusalCode } from '@snug/protocol';
import { describe, expect, it } from 'vitest';
import { inviteCode, nextPath } from '../src/app/paths.ts';
import { issueOf, sayError } from '../src/app/say-error.ts';
import { dayKey, sayAgo, sayNearDay } from '../src/app/say-time.ts';
import { describeAgent } from '../src/features/settings/describe-agent.ts';
import { en } from '../src/strings/en.ts';
import { t } from '../src/strings/t.ts';
import { readAppearance } from '../src/themes/theme.ts';
import { initials, tone } from '../src/ui/initials.ts';

describe('the catalogue', () => {
  it("says what becomes of what waits, in the brand's own words", () => {
    expect(t('offline', 2)).toBe("You're offline. Two messages will be sent when you're back.");
    expect(t('offline', 1)).toBe("You're offline. One message will be sent when you're back.");
    expect(t('offline', 0)).toBe("You're offline.");
    expect(t('unreachable', 12)).toContain('12 messages');
  });

  it('counts to 99 and then says so', () => {
    expect([t('count', 99), t('count', 100)]).toEqual(['99', '99+']);
    expect(t('unread', 1)).toBe('1 unread message');
  });

  it('has no exclamation mark: nothing here shouts', () => {
    const plain = Object.values(en).filter((entry) => typeof entry === 'string');
    expect(plain.filter((entry) => entry.includes('!'))).toEqual([]);
  });

  it('names one, two, three and several who type', () => {
    expect(t('typing', ['Ada'])).toBe('Ada is typing');
    expect(t('typing', ['Ada', 'Bob'])).toBe('Ada and Bob are typing');
    expect(t('typing', ['Ada', 'Bob', 'Cy', 'Di'])).toBe('Several people are typing');
  });
});

describe('errors in words', () => {
  it('every refusal there is ends as a sentence', () => {
    for (const code of Object.keys(REFUSALS) as RefusalCode[]) {
      expect(sayError(new SnugError(code)), code).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says how long to wait, and the trace that the owner can look up', () => {
    expect(sayError(new SnugError('RATE_LIMITED', { retryAfter: 7.2 }))).toContain('8 seconds');
    expect(sayError(new SnugError('RATE_LIMITED', { retryAfter: 7200 }))).toContain('2 hours');
    expect(sayError(new SnugError('INTERNAL', { traceId: 'abc-1' }))).toContain('abc-1');
  });

  it('says of an invite that was cut off what it says of one that never existed', () => {
    const issue = (path: string) => ({ path, message: 'must be an invite code' });
    for (const path of ['code', 'invite']) {
      expect(sayError(new SnugError('INVALID_PARAMS', { issues: [issue(path)] }))).toBe(en['error.INVITE_INVALID']);
    }
    const both = new SnugError('INVALID_PARAMS', { issues: [issue('invite'), issue('username')] });
    expect(sayError(both)).toBe(en['error.INVALID_PARAMS']);
    expect(sayError(new SnugError('INVALID_PARAMS'))).toBe(en['error.INVALID_PARAMS']);
  });

  it('puts what is wrong with a field beside the field', () => {
    const taken = new SnugError('USERNAME_TAKEN');
    expect(issueOf(taken, 'username')).toBe(en['error.USERNAME_TAKEN']);
    expect(issueOf(taken, 'password')).toBeUndefined();
    const invalid = new SnugError('INVALID_PARAMS', { issues: [{ path: 'password', message: 'too short' }] });
    expect(issueOf(invalid, 'password')).toBe('too short');
  });
});

describe('addresses', () => {
  it('goes on only to our own pages after signing in', () => {
    expect(nextPath('next=%2Finvite%2Fabc')).toBe('/invite/abc');
    expect(nextPath('next=%2Fapp%2Fs%2F1')).toBe('/app/s/1');
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/application', 'javascript:1']) {
      expect(nextPath(`next=${encodeURIComponent(next)}`), next).toBe('/app');
    }
  });

  it('finds the code in whatever is pasted', () => {
    expect(inviteCode(' https://chat.example/invite/Ab_9-xyz ')).toBe('Ab_9-xyz');
    expect(inviteCode('https://chat.example/setup?token=Ab_9-xyz')).toBe('Ab_9-xyz');
    expect(inviteCode('Ab_9-xyz')).toBe('Ab_9-xyz');
  });
});

describe('times', () => {
  const now = new Date(2026, 2, 29, 12, 0);

  it('says today and yesterday by the local calendar', () => {
    expect(sayNearDay(new Date(2026, 2, 29, 0, 1), now)).toMatch(/today/i);
    expect(sayNearDay(new Date(2026, 2, 28, 23, 59), now)).toMatch(/yesterday/i);
    expect(sayNearDay(new Date(2026, 2, 1), now)).toContain('2026');
  });

  it('keeps days apart by a key', () => {
    expect(dayKey(new Date(2026, 0, 11))).not.toBe(dayKey(new Date(2026, 10, 1)));
    expect(dayKey(new Date(2026, 0, 11, 1))).toBe(dayKey(new Date(2026, 0, 11, 23)));
  });

  it('is relative near', () => {
    expect(sayAgo(new Date(now.getTime() - 3 * 3_600_000), now)).toBe('3 hours ago');
    expect(sayAgo(now, now)).toBe('this minute');
  });
});

describe('faces and agents', () => {
  it('takes whole graphemes for initials', () => {
    expect(initials('Mara Jade Celeste')).toBe('MJ');
    expect(initials('👩‍🚀 crew')).toBe('👩‍🚀C');
    expect(initials('snake_case-name')).toBe('SC');
    expect(initials('   ')).toBe('');
  });

  it('keeps the tone of an id, and uses all ten', () => {
    expect(tone('01ABC')).toBe(tone('01ABC'));
    const tones = new Set(Array.from({ length: 300 }, (_, at) => tone(`id-${at}`)));
    expect(tones.size).toBe(10);
  });

  it('knows the browser behind its many names', () => {
    const edge = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130 Safari/537.36 Edg/130';
    expect(describeAgent(edge)).toBe('Edge on Windows');
    expect(describeAgent('')).toBe('Unknown client');
    expect(describeAgent('snug-cli/1')).toBe('snug-cli/1');
  });
});

describe('appearance as it was saved', () => {
  it('takes each field that is one of ours, and the default for the rest', () => {
    expect(readAppearance('{"theme":"kaizen","mode":"dark","size":18}')).toEqual({
      theme: 'kaizen',
      mode: 'dark',
      density: 'cosy',
      size: 18,
    });
    const defaults = { theme: null, mode: 'system', density: 'cosy', size: 15 };
    for (const saved of [null, 'not json', '7', 'null', '{"theme":"<b>","mode":1,"density":2,"size":99}']) {
      expect(readAppearance(saved), String(saved)).toEqual(defaults);
    }
  });
});
