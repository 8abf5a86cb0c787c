/** The README's commands, executed. The other one, `npm test`, is what runs this. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@snug/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inRoot } from '../steps/repository.mjs';

const README = readFileSync(inRoot('README.md'), 'utf8');
const START_TIMEOUT = 120_000;

describe('the README', () => {
  let folder;
  let child;
  let output;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'snug-readme-'));
  });
  afterEach(() => {
    endGroup();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Nothing a test started outlives it, whatever became of npm. */
  function endGroup() {
    try {
      if (child !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }

  /** Runs a line of the README in a process group of its own; resolves when its output holds `sign`. */
  function start(line, sign) {
    const [command, ...args] = line.split(' ');
    child = spawn(command, args, { cwd: inRoot(), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Promise((resolve, reject) => {
      output = '';
      const collect = (chunk) => {
        output += chunk;
        if (sign.test(output)) resolve();
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${line} ended with ${code}:\n${output}`)));
    });
  }

  it('names two commands, and npm knows both', () => {
    const commands = [...README.matchAll(/^ {4}npm (\w+)$/gm)].map((match) => match[1]);
    expect(commands).toEqual(['start', 'test']);
    const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
    for (const command of commands) expect(scripts[command]).toBeDefined();
  });

  it(
    '[SRV4] [SRV7] [CLI5] the first serves the app and prints the link of the owner; SIGTERM ends it gently',
    async () => {
      const example = /`(npm start -- --addr \S+ --data [^\s`]+)`/.exec(README)[1];
      const port = await freePort();
      const line = example
        .replace(/--addr \S+/, `--addr 127.0.0.1:${port}`)
        .replace(/--data \S+/, `--data ${folder}/data`);
      await start(line, /\/setup\?token=\S+\s/);
      expect(output).toContain(String(port));
      const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id="root"');
      const { needs_owner } = await (await fetch(`http://127.0.0.1:${port}/.well-known/snug`)).json();
      expect(needs_owner).toBe(true);
      // Whoever stops npm stops the server, although npm itself only reaches the shell between them.
      const closed = new Promise((resolve) => child.stdout.once('close', resolve));
      child.kill('SIGTERM');
      await closed;
      expect(output).toContain('"stopped"');
      await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
    },
    START_TIMEOUT,
  );
});
