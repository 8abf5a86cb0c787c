import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { CommandSpec } from '../src/command.ts';
import { AUTH_COMMANDS, CHAT_COMMANDS, COMMANDS, isCommandName } from '../src/commands.ts';
import { REFUSALS } from '../src/refusals.ts';

const ROWS: [string, CommandSpec][] = Object.entries(COMMANDS);
const fieldsOf = (spec: CommandSpec): Record<string, z.ZodType> => spec.params.shape;
const pathParameters = (spec: CommandSpec) => [...spec.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);

describe('the table of commands', () => {
  it('[CMD1] has each name once, in one of the two roles', () => {
    const names = [...Object.keys(AUTH_COMMANDS), ...Object.keys(CHAT_COMMANDS)];
    expect(new Set(names).size).toBe(names.length);
    expect(names.toSorted()).toEqual(Object.keys(COMMANDS).toSorted());
    for (const name of names) expect(name).toMatch(/^[a-z]+\.[a-z_]+$/);
  });

  it('[CMD1] has no two commands at one route', () => {
    const routes = ROWS.map(([, spec]) => `${spec.method} ${spec.path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('[CMD2] has a schema for every parameter of its path, and none of them optional', () => {
    for (const [name, spec] of ROWS) {
      for (const parameter of pathParameters(spec)) {
        expect({ name, parameter, schema: fieldsOf(spec)[parameter] }).toEqual({
          name,
          parameter,
          schema: expect.anything(),
        });
        expect(fieldsOf(spec)[parameter]?.safeParse(undefined).success).toBe(false);
      }
    }
  });

  it('[CMD3] refuses unknown fields on commands of auth and of administration', () => {
    const strict = ROWS.filter(([name, spec]) => name.startsWith('auth.') || spec.caller === 'admin');
    const withParameters = strict.filter(([, spec]) => spec.method !== 'GET');
    expect(withParameters.length).toBeGreaterThan(8);
    for (const [name, spec] of withParameters) {
      const codes = spec.params.safeParse({ surprise: 1 }).error?.issues.map((issue) => issue.code) ?? [];
      expect({ name, codes }).toEqual({ name, codes: expect.arrayContaining(['unrecognized_keys']) });
    }
  });

  it('[CMD3] ignores unknown fields elsewhere', () => {
    const parsed = COMMANDS['server.create'].params.parse({ name: 'A room', surprise: 1 });
    expect(parsed).toEqual({ name: 'A room' });
  });

  it('[CMD9] says NONCE_REUSED wherever it takes a nonce, and takes one wherever it says so', () => {
    for (const [name, spec] of ROWS) {
      const takes = 'nonce' in fieldsOf(spec);
      expect({ name, nonce: spec.nonce, refuses: spec.refusals.includes('NONCE_REUSED') }).toEqual({
        name,
        nonce: takes,
        refuses: takes,
      });
    }
  });

  it('[CMD15] answers 204 exactly where there is nothing to say', () => {
    for (const [name, spec] of ROWS) {
      expect({ name, isNothing: spec.status === 204 }).toEqual({
        name,
        isNothing: spec.result.safeParse(null).success,
      });
    }
  });

  it('[CMD18] names each refusal once, and only real ones', () => {
    for (const [name, spec] of ROWS) {
      expect({ name, twice: spec.refusals.length - new Set(spec.refusals).size }).toEqual({ name, twice: 0 });
      for (const code of spec.refusals) expect(Object.keys(REFUSALS)).toContain(code);
    }
  });

  it('lets nobody in without a token but where signing in asks for it, or what is public may be looked at', () => {
    const open = ROWS.filter(([, spec]) => spec.caller === 'anyone').map(([name]) => name);
    expect(open.toSorted()).toEqual([
      'auth.login',
      'auth.logout',
      'auth.refresh',
      'auth.register',
      'auth.reset_password',
      'invite.get',
      'server.discover',
      'user.get',
    ]);
  });

  it('[CMD17] knows its names, and not those that every object has', () => {
    expect(isCommandName('message.send')).toBe(true);
    for (const name of ['constructor', '__proto__', 'message', '', 'MESSAGE.SEND'])
      expect(isCommandName(name)).toBe(false);
  });
});
