import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InstanceRunning, lockData } from '../src/data-lock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snug-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('[E35] a second instance in the same process is refused, and not after the first is gone', () => {
  const data = join(folder, 'data');
  const first = lockData(data);
  first.note('http://localhost:8080');
  expect(() => lockData(data)).toThrow(InstanceRunning);
  expect(() => lockData(data)).toThrow(/http:\/\/localhost:8080/);
  first.release();
  first.release();
  lockData(data).release();
});

test('[E35] the folder and what is in it are for their owner only', () => {
  const data = join(folder, 'deep', 'data');
  const lock = lockData(data);
  expect(statSync(data).mode & 0o777).toBe(0o700);
  for (const file of ['lock.db', 'running.json']) expect(statSync(join(data, file)).mode & 0o777).toBe(0o600);
  lock.release();
  expect(existsSync(join(data, 'running.json'))).toBe(false);
});

const MODULE = pathToFileURL(join(import.meta.dirname, '../src/data-lock.ts')).href;

/** Runs a few lines in a process of their own, with `lockData` and the folder at hand. */
function elsewhere(lines: string): ChildProcessByStdio<null, Readable, null> {
  const script = `const { lockData } = await import(${JSON.stringify(MODULE)}); const folder = process.argv[1]; ${lines}`;
  return spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

test('[E35] who is refused in this process does not open the door for another one', async () => {
  const lock = lockData(folder);
  expect(() => lockData(folder)).toThrow(InstanceRunning);
  const child = elsewhere('try { lockData(folder); console.log("taken"); } catch (error) { console.log(error.code); }');
  const [answer] = (await once(child.stdout, 'data')) as [Buffer];
  expect(answer.toString()).toBe('INSTANCE_RUNNING\n');
  lock.release();
});

test('[E35] another process is refused while this one lives, whatever it forgets, and SIGKILL leaves nothing in the way', async () => {
  const child = elsewhere(
    'lockData(folder); gc(); await new Promise((resolve) => setTimeout(resolve, 50)); gc(); console.log("held"); setInterval(() => {}, 1000);',
  );
  await once(child.stdout, 'data');
  try {
    expect(() => lockData(folder)).toThrow(new RegExp(`process ${child.pid}`));
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  expect(existsSync(join(folder, 'running.json')), 'the premise: the dead process left its note').toBe(true);
  lockData(folder).release();
});
