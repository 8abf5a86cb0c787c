import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../src/main.ts');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A folder of its own to run `snug` in, gone with the test. */
export class Workplace implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'snug-cli-'));

  /** Runs the real command to its end. */
  snug(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}): Promise<Ended> {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('SNUG_'));
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: this.folder,
      env: { ...Object.fromEntries(inherited), ...options.env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
    });
    child.stdin.end(options.input ?? '');
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
