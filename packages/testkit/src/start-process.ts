/** The `snug` command as its own process: for tests that kill it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '@snug/server';
import { freePort } from './free-port.ts';

export const CLI = join(import.meta.dirname, '../../cli/src/main.ts');

export interface ProcessOptions {
  settings?: Partial<Settings>;
  /** Arguments of Node itself, such as a module to preload. */
  nodeArguments?: readonly string[];
  env?: Record<string, string>;
  /** CPU numbers the process is held to (Linux), such as '0'. */
  cpu?: string;
}

export interface SnugProcess extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly pid: number;
  /** Everything it printed, of all its lives. */
  readonly output: string;
  readonly isRunning: boolean;
  /** Sends the signal and waits for the end. Resolves with how it ended. */
  kill(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Starts again on the same folder and port; kills it first if it runs. */
  restart(): Promise<void>;
}

const START_LIMIT_MS = 30_000;

/** Starts `snug serve` and waits until it is ready. `await using` ends it and removes its folder. */
export async function startProcess(options: ProcessOptions = {}): Promise<SnugProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'snug-process-'));
  const data = join(folder, 'data');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = '';
  const spawnOne = async (): Promise<ChildProcess> => {
    const started = launch(folder, data, port, options);
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    started.stdout?.on('data', keep);
    started.stderr?.on('data', keep);
    await untilReady(started, url, () => output);
    return started;
  };
  let child = await spawnOne();
  const kill: SnugProcess['kill'] = async (signal = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return { code: child.exitCode, signal: child.signalCode };
  };
  return {
    url,
    port,
    data,
    get pid() {
      return child.pid as number;
    },
    get output() {
      return output;
    },
    get isRunning() {
      return child.exitCode === null && child.signalCode === null;
    },
    kill,
    restart: async () => {
      await kill('SIGKILL');
      child = await spawnOne();
    },
    [Symbol.asyncDispose]: async () => {
      await kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(folder: string, data: string, port: number, options: ProcessOptions): ChildProcess {
  const settings = { registration: 'open', rate_limits: 'off', ...options.settings, data, addr: `127.0.0.1:${port}` };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name.replaceAll('_', '-')}`, String(value)]);
  const command = [process.execPath, ...(options.nodeArguments ?? []), CLI, 'serve', ...flags];
  const [file = '', ...rest] = options.cpu === undefined ? command : ['taskset', '-c', options.cpu, ...command];
  // Variables of whoever runs the tests are not this instance's settings.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('SNUG_'));
  return spawn(file, rest, {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`it ended before it was ready:\n${output()}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  throw new Error(`it was not ready within ${START_LIMIT_MS} ms:\n${output()}`);
}
