import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadSettings } from '../src/settings/load-settings.ts';
import { renderSettingsDoc } from '../src/settings/render-settings-doc.ts';
import { parseAddress } from '../src/settings/setting.ts';
import { SettingsError } from '../src/settings/settings-error.ts';
import { flagOf, SETTING_NAMES, SETTINGS, variableOf } from '../src/settings/settings-table.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snug-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): string {
  const path = join(folder, file);
  writeFileSync(path, text);
  return path;
}

function problemsOf(sources: Partial<Parameters<typeof loadSettings>[0]>): readonly string[] {
  try {
    loadSettings({ folder, env: {}, flags: {}, ...sources });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map((line) => line.replaceAll(`${folder}/`, ''));
    throw error;
  }
  return [];
}

describe('the settings table', () => {
  test('[CONF1] every default satisfies its own schema', () => {
    for (const name of SETTING_NAMES) {
      const parsed = SETTINGS[name].schema.safeParse(SETTINGS[name].default);
      expect(parsed.success, name).toBe(true);
      expect(parsed.data, name).toEqual(SETTINGS[name].default);
    }
  });

  test('[CONF1] a file in the folder is optional, and then everything is at its default', () => {
    const { settings, from } = loadSettings({ folder, env: {}, flags: {} });
    expect(settings.registration).toBe('invite');
    expect(settings.addr).toBe(':8080');
    expect(new Set(Object.values(from))).toEqual(new Set(['default']));
  });

  test('[CONF1] the documentation names every setting, its variable and its flag', () => {
    const page = renderSettingsDoc();
    for (const name of SETTING_NAMES) {
      expect(page).toContain(`### \`${name}\``);
      expect(page).toContain(variableOf(name));
      expect(page).toContain(flagOf(name));
    }
  });
});

describe('precedence', () => {
  test('[CONF2] flags win over the environment, the environment over the file, the file over defaults', () => {
    write('snug.yml', 'name: from file\ntheme: kaizen\naddr: ":1"\nregistration: open\n');
    const { settings, from } = loadSettings({
      folder,
      env: { SNUG_NAME: 'from env', SNUG_ADDR: ':2', SNUG_THEME: '' },
      flags: { addr: ':3' },
    });
    expect(settings).toMatchObject({ addr: ':3', name: 'from env', theme: 'kaizen', registration: 'open' });
    expect(from.addr).toBe('--addr');
    expect(from.name).toBe('SNUG_NAME');
    expect(from.theme).toBe(`${join(folder, 'snug.yml')}:2`);
    expect(from.data).toBe('default');
  });

  test('[CONF2] values that arrive as text mean the same as typed ones', () => {
    write('snug.yml', 'origins: [https://a.example, https://b.example]\nauth:\n  access_token_ttl: 900\n');
    const typed = loadSettings({ folder, env: {}, flags: {} }).settings;
    const text = loadSettings({
      folder: tmpdir(),
      files: [],
      env: { SNUG_ORIGINS: 'https://a.example, https://b.example', SNUG_ACCESS_TOKEN_TTL: '15m' },
      flags: {},
    }).settings;
    expect(text.origins).toEqual(typed.origins);
    expect(text.access_token_ttl).toBe(typed.access_token_ttl);
    expect(typed.access_token_ttl).toBe(900);
  });

  test('[CONF3] a role has a section or a file of its own', () => {
    write('snug.yml', 'addr: ":9"\nchat:\n  server_creation: admins\n');
    write('snug.auth.yml', 'registration: closed\n');
    const { settings } = loadSettings({ folder, env: {}, flags: {} });
    expect(settings).toMatchObject({ addr: ':9', server_creation: 'admins', registration: 'closed' });
  });

  test('[CONF3] the same setting in two files is refused, for neither file wins by luck', () => {
    write('snug.yml', 'registration: open\n');
    write('snug.auth.yml', 'registration: closed\n');
    expect(problemsOf({})).toEqual([`snug.auth.yml:1: \`registration\` is already set at snug.yml:1`]);
  });
});

describe('what stops the start', () => {
  test('[CONF4] an unknown setting, with its line and the name that was probably meant', () => {
    write('snug.yml', '# a comment\naddr: ":1"\nregistraton: open\n');
    expect(problemsOf({})).toEqual(['snug.yml:3: unknown setting `registraton`; did you mean `registration`?']);
  });

  test('[CONF4] an unknown variable; switches of the tools and of Kubernetes are left alone', () => {
    const env = { SNUG_ADRR: ':1', SNUG_DEBUG: '1', SNUG_PORT_8080_TCP: 'tcp://10.0.0.1:8080', OTHER: 'x' };
    expect(problemsOf({ env })).toEqual(['SNUG_ADRR: unknown setting; did you mean SNUG_ADDR?']);
  });

  test('[CONF4] all invalid values at once, each with its place', () => {
    write('snug.yml', 'addr: nowhere\nauth:\n  registration: maybe\n  server_creation: everyone\n');
    expect(problemsOf({ env: { SNUG_ACCESS_TOKEN_TTL: '0' }, flags: { theme: 'pink' } })).toEqual([
      'snug.yml:4: `server_creation` does not belong to `auth` but to `chat`',
      'snug.yml:1: `addr` must be an address such as ":8080" or "127.0.0.1:8080"',
      'snug.yml:3: `registration` must be one of open, invite, closed',
      'SNUG_ACCESS_TOKEN_TTL: must be at least 1 seconds',
      '--theme: must be one of snug, blueprint, kaizen, contrast',
    ]);
  });

  test('[CONF4] a file that is not YAML, or no settings at all, or is not there', () => {
    write('snug.yml', 'addr: ":1"\nname: [\n');
    expect(problemsOf({})[0]).toMatch(/^snug\.yml:\d: /);
    write('snug.yml', '- just\n- a list\n');
    expect(problemsOf({})[0]).toContain('must hold settings');
    write('snug.yml', 'name: a\nname: b\n');
    expect(problemsOf({})[0]).toMatch(/^snug\.yml:2: .*unique/);
    expect(problemsOf({ files: [join(folder, 'gone.yml')] })).toEqual(['gone.yml: there is no such file']);
  });

  test('[CONF5] what comes later is refused by name', () => {
    expect(problemsOf({ flags: { database: 'postgres://db/snug' } })[0]).toContain('not supported yet');
    expect(problemsOf({ flags: { roles: 'auth' } })[0]).toContain('cannot run apart yet');
    expect(problemsOf({ flags: { roles: 'kitchen' } })).toEqual(['--roles: must be all']);
  });

  test.each([
    ['public_url', 'https://chat.example.org/path'],
    ['public_url', 'chat.example.org'],
    ['origins', '*'],
    ['origins', 'https://a.example/x'],
    ['trusted_proxies', '10.0.0.0/40'],
    ['trusted_proxies', 'my-proxy'],
    ['addr', ':99999'],
    ['data', ''],
  ] as const)('[CONF4] %s may not be %j', (name, value) => {
    expect(problemsOf({ flags: { [name]: value } })).toHaveLength(1);
  });
});

test('[CONF1] an address is taken apart', () => {
  expect(parseAddress(':8080')).toEqual({ host: '', port: 8080 });
  expect(parseAddress('127.0.0.1:0')).toEqual({ host: '127.0.0.1', port: 0 });
  expect(parseAddress('[::1]:80')).toEqual({ host: '::1', port: 80 });
});
