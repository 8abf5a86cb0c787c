/** A real instance in this process, on a port of its own and a folder that goes away with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type SnugClient } from '@snug/client';
import { defaultSettings, type RunningInstance, type ServeOptions, type Settings, startServer } from '@snug/server';
import { freePort } from './free-port.ts';
import { PASSWORD, type Person, signUp } from './people.ts';
import { type RawRest, rawRest } from './raw-rest.ts';

export interface TestOptions extends Partial<Settings> {
  /** ms since 1970, for tests of what time causes. */
  now?: () => number;
  /** Folder of a web build; none by default. */
  dist?: string;
  /** Told when the disk under the log failed; by default the process ends. */
  onFatal?: (reason: string) => void;
  /** Wraps the log, such as `laggingLog` (E10). */
  wrapLog?: ServeOptions['wrapLog'];
}

export interface TestInstance extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly settings: Settings;
  /** The parts themselves, for tests that look inside. Changes with `restart`. */
  readonly running: RunningInstance;
  /** Everything that was logged, as the lines were written. */
  readonly logs: readonly Record<string, unknown>[];
  rest(token?: string): RawRest;
  /** Makes an account over the wire. */
  signUp(username: string, more?: Record<string, unknown>): Promise<Person>;
  /** Makes an account with the SDK; its connection is not started. Closed with the instance. */
  client(username: string): Promise<SnugClient>;
  /** Stops gently and keeps the folder. */
  stop(): Promise<void>;
  /** Stops if it runs, and starts again on the same folder and port, with settings changed if given. */
  restart(change?: Partial<Settings>): Promise<void>;
}

/** Settings of a test: any free port, anybody may register, no limits, quiet. */
export function testSettings(data: string, change: Partial<Settings> = {}): Settings {
  const quiet = { addr: '127.0.0.1:0', registration: 'open', rate_limits: 'off', log_level: 'info' } as const;
  return { ...defaultSettings(), ...quiet, data, ...change };
}

/** Starts one. `await using` stops it and removes its folder. */
export async function startInstance(options: TestOptions = {}): Promise<TestInstance> {
  const { now, dist, onFatal, wrapLog, ...change } = options;
  const folder = mkdtempSync(join(tmpdir(), 'snug-test-'));
  const addr = change.addr ?? `127.0.0.1:${await freePort()}`;
  const logs: Record<string, unknown>[] = [];
  const serveOptions: ServeOptions = {
    write: (line) => logs.push(JSON.parse(line) as Record<string, unknown>),
    dist: dist ?? join(folder, 'no-dist'),
    ...(now === undefined ? {} : { now }),
    ...(onFatal === undefined ? {} : { onFatal }),
    ...(wrapLog === undefined ? {} : { wrapLog }),
  };
  let settings = testSettings(join(folder, 'data'), { ...change, addr });
  let running = await startServer(settings, serveOptions);
  const clients: SnugClient[] = [];
  const stop = async (): Promise<void> => {
    await running.stop();
  };
  return {
    get url() {
      return running.url;
    },
    get port() {
      return running.port;
    },
    get running() {
      return running;
    },
    get settings() {
      return settings;
    },
    data: settings.data,
    logs,
    rest: (token) => rawRest(running.url, token),
    signUp: (username, more) => signUp(running.url, username, more),
    client: async (username) => {
      const client = createClient({ url: running.url });
      clients.push(client);
      await client.session.register({ username, password: PASSWORD });
      return client;
    },
    stop,
    restart: async (changed = {}) => {
      await stop();
      settings = { ...settings, ...changed };
      running = await startServer(settings, serveOptions);
    },
    [Symbol.asyncDispose]: async () => {
      for (const client of clients) client.close();
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
