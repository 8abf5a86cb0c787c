import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/commands.ts';
import { EPHEMERAL_TYPES } from '../src/ephemeral-types.ts';
import { EVENTS } from '../src/events.ts';
import { LIMITS } from '../src/limits.ts';
import { AUTH_RATES, CHAT_RATES } from '../src/rates.ts';
import { REFUSALS } from '../src/refusals.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const docs = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(ROOT, 'bin/docs.mjs'), ...args], { encoding: 'utf8' });
const page = (name: string) => readFileSync(path.join(ROOT, 'docs', name), 'utf8');

describe('generated pages', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'snug-docs-'));
    mkdirSync(path.join(folder, 'docs'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('[ERR2] are what the tables say: run "node bin/docs.mjs" when this fails', () => {
    const { status, stderr } = docs('--check');
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('are noticed when they are stale, and named', () => {
    expect(docs('--into', folder).status).toBe(0);
    expect(docs('--into', folder, '--check').status).toBe(0);
    const file = path.join(folder, 'docs/reference/refusals.md');
    writeFileSync(file, `${readFileSync(file, 'utf8')}One line more.\n`);
    const stale = docs('--into', folder, '--check');
    expect(stale.status).toBe(1);
    expect(stale.stderr).toContain('docs/reference/refusals.md');
    expect(stale.stderr).not.toContain('docs/reference/events.md');
  });
});

describe('the reference', () => {
  it('[ERR2] has every refusal, with an anchor that the type of a problem leads to', () => {
    const refusals = page('reference/refusals.md');
    for (const code of Object.keys(REFUSALS)) expect(refusals).toContain(`<a id="${code}"></a>\`${code}\``);
    expect([...refusals.matchAll(/<a id=/g)].length).toBe(Object.keys(REFUSALS).length);
  });

  it('has every event, the ephemeral ones too', () => {
    const events = page('reference/events.md');
    for (const type of [...Object.keys(EVENTS), ...EPHEMERAL_TYPES]) expect(events).toContain(`| \`${type}\` |`);
  });

  it('has every command', () => {
    const commands = page('reference/commands.md');
    for (const name of Object.keys(COMMANDS)) expect(commands).toContain(`| \`${name}\` |`);
  });

  it('has every limit, with what it means where the name does not say it', () => {
    const limits = page('reference/limits.md');
    for (const [name, value] of Object.entries(LIMITS)) expect(limits).toContain(`| \`${name}\` | ${value} |`);
    expect(limits).toContain(
      '| `RESUME_EVENTS` | 20000 | Events a catch-up may cross before it becomes a reset (E7). |',
    );
    for (const name of [...Object.keys(CHAT_RATES), ...Object.keys(AUTH_RATES)])
      expect(limits).toContain(`| \`${name}\` |`);
  });
});
