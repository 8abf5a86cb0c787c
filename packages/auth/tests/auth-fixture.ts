/** A real auth behind a real edge on port 0, with a clock and a log that a test can hold. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEdge, createLogger, createRegistry, type Registry } from '@snug/edge';
import { type Problem, Refusal, type User } from '@snug/protocol';
import { type Auth, type AuthSettings, type By, createAuth, type Grant, type ProfilePort } from '../src/index.ts';

export const PASSWORD = 'a lamp in the window';
/** Who acts from the command line. */
export const CONSOLE: By = { actor_id: null };

export interface Answer<T> {
  status: number;
  body: T & Partial<Problem>;
  headers: Headers;
  /** `snug_refresh=...` as a browser would send it back; '' when no cookie was set. */
  cookie: string;
  /** The whole Set-Cookie line. */
  set_cookie: string;
}

export interface Call {
  method?: string;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

export interface Fixture {
  auth: Auth;
  url: string;
  data: string;
  registry: Registry;
  lines: string[];
  profiles: Map<string, User>;
  /** Ids of those who own servers, as far as chat says. */
  owners: Set<string>;
  clock: { ms: number };
  call<T = Record<string, unknown>>(path: string, call?: Call): Promise<Answer<T>>;
  /** Registers with the refresh token in the body. */
  register(username: string, extra?: Record<string, unknown>): Promise<Answer<Grant>>;
  login(login: string, password?: string): Promise<Answer<Grant>>;
  refresh(token: string): Promise<Answer<Grant>>;
  /** The same folder in a new process, as far as auth can tell. */
  restart(settings?: Partial<AuthSettings>): Promise<void>;
  events(name: string): Record<string, unknown>[];
  figure(name: string): Promise<number>;
  close(): Promise<void>;
}

export async function bootAuth(settings: Partial<AuthSettings> = {}): Promise<Fixture> {
  const data = mkdtempSync(join(tmpdir(), 'snug-auth-'));
  const clock = { ms: Date.now() };
  const lines: string[] = [];
  const profiles = new Map<string, User>();
  const owners = new Set<string>();
  const outside = { lines, clock, profile: profilesIn(profiles, owners) };
  let running = await start(data, settings, outside);
  const call = <T>(path: string, options: Call = {}) => request<T>(running.url, path, options);
  const fixture: Fixture = {
    ...running,
    data,
    lines,
    profiles,
    owners,
    clock,
    call,
    register: (username, extra = {}) =>
      call('/auth/register', { body: { username, password: PASSWORD, token_delivery: 'body', ...extra } }),
    login: (login, password = PASSWORD) => call('/auth/login', { body: { login, password, token_delivery: 'body' } }),
    refresh: (refresh_token) => call('/auth/refresh', { body: { refresh_token } }),
    restart: async (changed = {}) => {
      await running.stop();
      running = await start(data, { ...settings, ...changed }, outside);
      Object.assign(fixture, running);
    },
    events: (name) => lines.map((line) => JSON.parse(line)).filter((line) => line.event === name),
    figure: async (name) => {
      const metric = await running.registry.getSingleMetric(name)?.get();
      return metric?.values.reduce((sum, { value }) => sum + value, 0) ?? 0;
    },
    close: async () => {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
  return fixture;
}

async function start(
  data: string,
  settings: Partial<AuthSettings>,
  { lines, clock, profile }: { lines: string[]; clock: { ms: number }; profile: ProfilePort },
) {
  const registry = createRegistry();
  const logger = createLogger({ level: 'debug', write: (line) => lines.push(line) });
  const auth = await createAuth({
    settings: {
      data,
      issuer: 'snug',
      algorithm: 'EdDSA',
      access_token_ttl: 900,
      refresh_token_ttl: 30 * 24 * 3600,
      registration: 'open',
      rate_limits: 'off',
      origins: [],
      ...settings,
    },
    logger,
    registry,
    now: () => clock.ms,
  });
  const app = await createEdge({ logger, registry, origins: [], trusted_proxies: ['127.0.0.1'], readiness: {} });
  auth.mount(app, profile);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const stop = async () => {
    await app.close();
    await auth.close();
  };
  return { auth, registry, url, stop };
}

/** Chat's side of `/auth/me`, kept in a map. */
function profilesIn(profiles: Map<string, User>, owners: Set<string>): ProfilePort {
  return {
    mayDelete: async (userId) => {
      if (owners.has(userId)) throw new Refusal('OWNS_SERVERS');
    },
    get: async (userId) => profiles.get(userId) ?? null,
    update: async (claims, patch) => {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const before = profiles.get(claims.sub) ?? profileOf(claims.sub, claims.username, claims.name);
      const after = { ...before, ...given };
      profiles.set(claims.sub, after);
      return after;
    },
  };
}

export function profileOf(id: string, username: string, displayName: string): User {
  return {
    id,
    username,
    discriminator: '0',
    display_name: displayName,
    avatar_url: '',
    bio: '',
    status: 'offline',
    custom_status: '',
    is_bot: false,
    created_at: new Date(0).toISOString(),
  };
}

async function request<T>(url: string, path: string, { method, body, token, headers = {} }: Call): Promise<Answer<T>> {
  const response = await fetch(path.startsWith('/.') ? url + path : `${url}/api/v1${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const set_cookie = response.headers.getSetCookie()[0] ?? '';
  return {
    status: response.status,
    body: isJson ? JSON.parse(text) : (text as never),
    headers: response.headers,
    cookie: set_cookie.split(';')[0] ?? '',
    set_cookie,
  };
}
