import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { CLI } from '@snug/testkit';
import { runCli } from '../src/run-cli.ts';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  input?: string;
  env?: Record<string, string>;
}

/** A folder of its own to run `snug` in, gone with the test. */
export class Workplace implements Disposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'snug-cli-'));

  /** Runs the command to its end in this process: everything but the process itself is real. */
  async snug(args: readonly string[], { input = '', env = {} }: RunOptions = {}): Promise<Ended> {
    const [stdout, stderr] = [new Kept(), new Kept()];
    const stdin = new PassThrough();
    stdin.end(input);
    const out = (line: string): void => void stdout.write(`${line}\n`);
    const err = (line: string): void => void stderr.write(`${line}\n`);
    const code = await runCli(args, { out, err, stdin, stdout, stderr, env, folder: this.folder });
    return { code, stdout: stdout.text, stderr: stderr.text };
  }

  /** Runs the command to its end as a process of its own. */
  spawn(args: readonly string[], { input = '', env = {} }: RunOptions = {}): Promise<Ended> {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('SNUG_'));
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: this.folder,
      env: { ...Object.fromEntries(inherited), ...env },
    });
    const [stdout, stderr] = [new Kept(), new Kept()];
    child.stdout.pipe(stdout);
    child.stderr.pipe(stderr);
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout: stdout.text, stderr: stderr.text }));
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class Kept extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}
