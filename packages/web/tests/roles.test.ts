import { CHANNEL_PERMISSIONS, PERMISSION_NAMES, Permission, type Role } from '@snug/protocol';
import { describe, expect, test } from 'vitest';
import { countSaid, isEmpty, OVERRIDABLE, saidOf, withSaid } from '../src/features/roles/override-bits.ts';
import { PERMISSION_ORDER } from '../src/features/roles/permission-order.ts';
import { readableColor, roleHex } from '../src/features/roles/role-color.ts';
import { moveRole } from '../src/features/roles/role-order.ts';
import { en } from '../src/strings/en.ts';

describe('permissions', () => {
  test('all of them are shown, each with its words', () => {
    expect([...PERMISSION_ORDER].sort()).toEqual([...PERMISSION_NAMES].sort());
    for (const name of PERMISSION_NAMES) expect(en[`permission.${name}.note`]).not.toBe('');
  });

  test('an override offers exactly what a channel may change', () => {
    expect(OVERRIDABLE.reduce((bits, name) => bits | Permission[name], 0n)).toBe(CHANNEL_PERMISSIONS);
  });

  test('one of three is said of each, and nothing of others changes', () => {
    const denied = withSaid({ allow: '1', deny: '0' }, 'SEND_MESSAGES', 'deny');
    expect(denied).toEqual({ allow: '1', deny: '2' });
    expect([saidOf(denied, 'VIEW_CHANNEL'), saidOf(denied, 'SEND_MESSAGES'), saidOf(denied, 'ATTACH_FILES')]).toEqual([
      'allow',
      'deny',
      'inherit',
    ]);
    expect(withSaid(denied, 'SEND_MESSAGES', 'allow')).toEqual({ allow: '3', deny: '0' });
    expect([countSaid(denied, 'allow'), countSaid(denied, 'deny')]).toEqual([1, 1]);
    expect(isEmpty(withSaid(withSaid(denied, 'SEND_MESSAGES', 'inherit'), 'VIEW_CHANNEL', 'inherit'))).toBe(true);
  });
});

describe('the order of roles', () => {
  const role = (id: string, position: number, isDefault = false) =>
    ({ id, position, is_default: isDefault }) as unknown as Role;
  const roles = [role('admin', 3), role('mod', 2), role('guest', 1), role('everyone', 0, true)];

  test('a role passes its neighbour; @everyone stays out of it', () => {
    expect(moveRole(roles, 'mod', -1, () => true)).toEqual(['mod', 'admin', 'guest']);
    expect(moveRole(roles, 'guest', 1, () => true)).toBeNull();
    expect(moveRole(roles, 'everyone', -1, () => true)).toBeNull();
  });

  test('nobody moves a role past one that is not below them', () => {
    expect(moveRole(roles, 'mod', -1, (one) => one.position < 3)).toBeNull();
    expect(moveRole(roles, 'guest', -1, (one) => one.position < 3)).toEqual(['admin', 'guest', 'mod']);
  });
});

describe('a colour of a role as words', () => {
  const grounds = { dark: ['#1d1f1e', '#2a2e2c', '#404249'], light: ['#fdfbf7', '#e6dfcf', '#dbe8e0'] } as const;

  test('can be read on every ground of its mode', () => {
    for (const color of [0xffffff, 0x000001, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0x808080, 0x2f9e6e]) {
      for (const mode of ['dark', 'light'] as const) {
        for (const ground of grounds[mode]) {
          const seen = contrast(readableColor(color, mode), ground);
          expect(seen, `${roleHex(color)} on ${ground}`).toBeGreaterThanOrEqual(4.5);
        }
      }
    }
  });

  test('stays its own where that can be read', () => {
    expect(readableColor(0xffd479, 'dark')).toBe('#ffd479');
    expect(readableColor(0x5a1a1a, 'light')).toBe('#5a1a1a');
  });
});

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((one, other) => other - one);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
