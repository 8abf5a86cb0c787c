import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PermissionString } from '../src/fields.ts';
import {
  ALL_PERMISSIONS,
  can,
  DEFAULT_PERMISSIONS,
  DM_PERMISSIONS,
  formatPermissions,
  PERMISSION_NAMES,
  Permission,
  parsePermissions,
  serverPermissions,
} from '../src/permissions.ts';

const anyBits = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const namedBits = fc
  .subarray(PERMISSION_NAMES)
  .map((names) => names.reduce((bits, name) => bits | Permission[name], 0n));

describe('permissions on the wire', () => {
  it('[PERM1] bit 31 is a value, not a sign', () => {
    expect(formatPermissions(Permission.ADMINISTRATOR)).toBe('2147483648');
    expect(parsePermissions('2147483648')).toBe(Permission.ADMINISTRATOR);
  });

  it('[PERM1] a set of 64 bits survives as a decimal string', () => {
    fc.assert(
      fc.property(anyBits, (bits) => {
        const text = formatPermissions(bits);
        expect(PermissionString.parse(text)).toBe(text);
        expect(parsePermissions(text)).toBe(bits);
      }),
    );
  });

  it('[PERM1] refuses what is no such string', () => {
    for (const bad of ['', '-1', '0x10', '1.5', '1e3', ' 1', (1n << 64n).toString(), '9'.repeat(40), 3]) {
      expect(PermissionString.safeParse(bad).success).toBe(false);
    }
  });

  it('has one bit a name, and no bit twice', () => {
    const bits = PERMISSION_NAMES.map((name) => Permission[name]);
    for (const bit of bits) expect(bit & (bit - 1n)).toBe(0n);
    expect(new Set(bits).size).toBe(bits.length);
    expect(bits.reduce((sum, bit) => sum + bit, 0n)).toBe(ALL_PERMISSIONS);
  });
});

describe('what a member may do', () => {
  it('[PERM2] the owner may do everything, with no role at all', () => {
    expect(serverPermissions({ isOwner: true, roles: [] })).toBe(ALL_PERMISSIONS);
  });

  it('[PERM2] one role with Administrator is enough for everything', () => {
    const bits = serverPermissions({ isOwner: false, roles: [0n, Permission.ADMINISTRATOR] });
    for (const name of PERMISSION_NAMES) expect(can(bits, Permission[name])).toBe(true);
  });

  it('[PERM3] is the union of the roles, and no order or repetition of them changes it', () => {
    fc.assert(
      fc.property(fc.array(namedBits, { maxLength: 6 }), (roles) => {
        const bits = serverPermissions({ isOwner: false, roles });
        const isAdmin = roles.some((role) => can(role, Permission.ADMINISTRATOR));
        for (const name of PERMISSION_NAMES) {
          const held = roles.some((role) => can(role, Permission[name]));
          expect(can(bits, Permission[name])).toBe(isAdmin || held);
        }
        expect(serverPermissions({ isOwner: false, roles: [...roles.toReversed(), ...roles] })).toBe(bits);
      }),
    );
  });

  it('[PERM3] no role grants nothing', () => {
    expect(serverPermissions({ isOwner: false, roles: [] })).toBe(0n);
  });

  it('can() asks for every bit of a set', () => {
    const both = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES;
    expect(can(both, both)).toBe(true);
    expect(can(Permission.SEND_MESSAGES, both)).toBe(false);
  });

  it('[PERM6] in a DM nobody manages anything', () => {
    const managing = [
      Permission.MANAGE_MESSAGES,
      Permission.MANAGE_CHANNELS,
      Permission.MANAGE_SERVER,
      Permission.MANAGE_ROLES,
      Permission.KICK_MEMBERS,
      Permission.BAN_MEMBERS,
      Permission.ADMINISTRATOR,
    ];
    for (const bit of managing) expect(can(DM_PERMISSIONS, bit)).toBe(false);
    expect(can(DM_PERMISSIONS, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)).toBe(true);
  });

  it('a newcomer may talk and invite, and manages nothing', () => {
    const wanted = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.CREATE_INVITE;
    expect(can(DEFAULT_PERMISSIONS, wanted)).toBe(true);
    expect(DEFAULT_PERMISSIONS & (Permission.MANAGE_ROLES | Permission.ADMINISTRATOR)).toBe(0n);
  });
});
