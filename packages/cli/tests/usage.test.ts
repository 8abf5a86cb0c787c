import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_NAMES } from '@snug/server';
import { describe, expect, test } from 'vitest';
import { Workplace } from './run-snug.ts';

describe('help', () => {
  test('[CLI1] teaches: what there is, how to begin, and what exit codes mean', async () => {
    using place = new Workplace();
    const { code, stdout, stderr } = await place.snug(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of [
      'serve',
      'init',
      'admin',
      'user',
      'invite',
      'instance',
      'audit',
      'seed',
      'import',
      'log',
      'migrate',
      'config',
    ]) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    }
    expect(stdout).toContain('Getting started');
    expect(stdout).toContain('Exit codes');
  });

  test.each([
    ['serve'],
    ['init'],
    ['admin', 'create'],
    ['user', 'list'],
    ['user', 'show'],
    ['user', 'suspend'],
    ['user', 'restore'],
    ['user', 'promote'],
    ['user', 'demote'],
    ['user', 'reset-password'],
    ['user', 'delete'],
    ['invite', 'create'],
    ['invite', 'revoke'],
    ['instance', 'show'],
    ['instance', 'set'],
    ['instance', 'invites'],
    ['audit', 'instance'],
    ['audit', 'server'],
    ['seed'],
    ['import', 'irc'],
    ['log', 'verify'],
    ['migrate'],
    ['config'],
  ])('[CLI1] %s %s shows examples', async (...path) => {
    using place = new Workplace();
    const { code, stdout } = await place.snug([...path, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`$ snug ${path.join(' ')}`);
  });

  test('[CLI1] `serve` takes every setting as a flag', async () => {
    using place = new Workplace();
    const { stdout } = await place.snug(['help', 'serve']);
    for (const name of SETTING_NAMES) expect(stdout).toContain(`--${name.replaceAll('_', '-')} <value>`);
  });

  test('[CLI1] the version alone', async () => {
    using place = new Workplace();
    expect((await place.snug(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('exit codes', () => {
  test.each([
    [['serv'], /unknown command 'serv'[\s\S]*serve/],
    [['serve', '--prot', '1'], /unknown option '--prot'/],
    [['admin', 'create'], /--username/],
    [['seed', '--users', 'many'], /whole number/],
    [['import', 'irc', 'x.txt'], /--owner/],
    [['import', 'irc', '--owner', 'ada'], /missing required argument/],
    [['invite', 'create', '--server-id', 'nowhere'], /not the id of a server/],
    [['serve', '--addr', 'nowhere'], /--addr: must be an address/],
    [['config', '--theme', 'pink'], /--theme: must be one of/],
  ])('[CLI2] %j is not understood: 2, and one line that helps', async (args, message) => {
    using place = new Workplace();
    const { code, stdout, stderr } = await place.snug(args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('[CLI2] nothing asked for shows the help, as a mistake', async () => {
    using place = new Workplace();
    const { code, stderr } = await place.snug([]);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: snug');
  });

  test('[CLI2] failing is 1, with the stack only when asked for', async () => {
    using place = new Workplace();
    const plain = await place.snug(['log', 'verify']);
    expect(plain).toMatchObject({ code: 1, stdout: '' });
    expect(plain.stderr).toBe('snug: there is no log in ./data\n');
    expect((await place.snug(['log', 'verify'], { env: { SNUG_DEBUG: '1' } })).stderr).toMatch(/^\s+at /m);
  });
});

describe('settings', () => {
  test('[CONF4] a wrong line in snug.yml stops every command and is named', async () => {
    using place = new Workplace();
    writeFileSync(join(place.folder, 'snug.yml'), 'adr: ":1"\n');
    const { code, stderr } = await place.snug(['serve']);
    expect(code).toBe(2);
    expect(stderr).toContain('snug.yml:1: unknown setting `adr`; did you mean `addr`?');
    expect(existsSync(join(place.folder, 'data'))).toBe(false);
  });

  test('[CONF2] `config` shows what is in force and from where', async () => {
    using place = new Workplace();
    writeFileSync(join(place.folder, 'snug.yml'), 'theme: kaizen\n');
    const { stdout } = await place.snug(['config', '--json', '--addr', ':9'], { env: { SNUG_NAME: 'Attic' } });
    const config = JSON.parse(stdout) as Record<string, { value: unknown; from: string }>;
    expect(config.addr).toEqual({ value: ':9', from: '--addr' });
    expect(config.name).toEqual({ value: 'Attic', from: 'SNUG_NAME' });
    expect(config.theme?.from).toMatch(/snug\.yml:1$/);
    expect(config.registration).toEqual({ value: 'invite', from: 'default' });
  });

  test('[CLI3] `init` writes settings that mean the defaults, also with every line uncommented, and overwrites nothing', async () => {
    using place = new Workplace();
    expect((await place.snug(['init'])).code).toBe(0);
    const file = join(place.folder, 'snug.yml');
    const template = readFileSync(file, 'utf8');
    writeFileSync(file, template.replaceAll(/^# /gm, ''));
    const { stdout, stderr } = await place.snug(['config', '--json']);
    expect(stderr).toBe('');
    const config = JSON.parse(stdout) as Record<string, { value: unknown; from: string }>;
    for (const [name, { from }] of Object.entries(config)) expect(from, name).toContain('snug.yml');
    const { stdout: bare } = await place.snug(['config', '--json', '--config', '/dev/null']);
    const defaults = JSON.parse(bare) as typeof config;
    for (const [name, { value }] of Object.entries(config)) expect(value, name).toEqual(defaults[name]?.value);
    writeFileSync(file, 'name: mine\n');
    expect((await place.snug(['init'])).stdout).toContain('stays as it is');
    expect(readFileSync(file, 'utf8')).toBe('name: mine\n');
  });

  test('[CLI3] `init` names the command that starts what it made', async () => {
    using place = new Workplace();
    expect((await place.snug(['init'])).stdout).toMatch(/Start it with: snug serve$/m);
    expect((await place.snug(['init', '--data', 'elsewhere'])).stdout).toMatch(/: snug serve --data elsewhere$/m);
  });

  test('[CLI3] `init` makes a data folder for its owner only', async () => {
    using place = new Workplace();
    await place.snug(['init']);
    expect(statSync(join(place.folder, 'data')).mode & 0o777).toBe(0o700);
    expect(existsSync(join(place.folder, 'data', 'chat.db'))).toBe(true);
  });
});

test('[CLI4] the exit code and the streams are those of the process', async () => {
  using place = new Workplace();
  expect(await place.spawn(['--version'])).toEqual({ ...(await place.snug(['--version'])), code: 0 });
  expect(await place.spawn(['config', '--theme', 'pink'])).toEqual(await place.snug(['config', '--theme', 'pink']));
  const piped = await place.spawn(['admin', 'create', '--username', 'bo'], { input: 'battery staple\n' });
  expect(piped).toEqual({ code: 0, stdout: 'bo administers this instance.\n', stderr: '' });
});

test('[CLI4] `snug` itself runs on whatever Node finds it', async () => {
  const bin = join(import.meta.dirname, '../bin/snug.mjs');
  const { stdout, status } = spawnSync(bin, ['--version'], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
