/** `snug serve`, as people run it, in a process of its own on the server's core. */
import { join } from 'node:path';
import { CLI, freePort } from '@snug/testkit';
import { Child } from './child.ts';

export interface SnugServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  readonly data: string;
  /** Starts measuring how late the main thread's event loop is. */
  startDelay(): Promise<void>;
  /** The 99th percentile since `startDelay`, in ms, its timer's own 1 ms included. */
  delayP99(): Promise<number>;
  /** Collects garbage, so that memory is what is held and not what was dropped. */
  collect(): Promise<void>;
}

export interface SnugOptions {
  readonly data: string;
  /** Folder for V8 profiles of the server; none are made without it. */
  readonly profiles: string | null;
  readonly settings?: Readonly<Record<string, string | number>>;
}

const PROBE = join(import.meta.dirname, '../hosts/probe.ts');
const START_LIMIT_MS = 30_000;
/** Long enough for any run: the generator renews no tokens. */
export const TOKEN_TTL = 86_400;

export function launchSnug(
  { data, profiles, settings = {} }: SnugOptions,
  port: number,
  node: readonly string[],
): Child {
  const given = { rate_limits: 'off', access_token_ttl: TOKEN_TTL, ...settings, data, addr: `127.0.0.1:${port}` };
  const flags = Object.entries(given).flatMap(([name, value]) => [`--${name.replaceAll('_', '-')}`, String(value)]);
  const profiling = profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`];
  // Variables of whoever runs the benchmark are not this instance's settings.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SNUG_')));
  return new Child({ command: [...profiling, ...node, CLI, 'serve', ...flags], core: 'server', cwd: data, env });
}

/** Starts it on a data folder that is there already, and waits until it is ready. */
export async function startSnug(options: SnugOptions): Promise<SnugServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = launchSnug(options, port, ['--expose-gc', '--import', PROBE]);
  await untilReady(child, url);
  return {
    port,
    url,
    pid: child.pid,
    data: options.data,
    startDelay: () => child.ask('start_delay'),
    delayP99: () => child.ask<number>('delay_p99'),
    collect: () => child.ask('collect'),
    [Symbol.asyncDispose]: () => child.stop(),
  };
}

async function untilReady(child: Child, url: string): Promise<void> {
  const deadline = performance.now() + START_LIMIT_MS;
  while (performance.now() < deadline) {
    if (!child.isRunning) throw new Error(`snug ended before it was ready:\n${child.output}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await child.stop();
  throw new Error(`snug was not ready within ${START_LIMIT_MS} ms:\n${child.output}`);
}
