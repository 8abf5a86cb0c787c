/**
 * Every setting there is. From this table come the types, `snug.yml`, the `SNUG_*` variables, the flags, `snug config`
 * and docs/configuration.md. The name is the same everywhere: `access_token_ttl`, `SNUG_ACCESS_TOKEN_TTL`,
 * `--access-token-ttl`.
 */
import { z } from 'zod';
import {
  Address,
  BaseUrl,
  listOfText,
  Network,
  Origin,
  oneOf,
  type Setting,
  seconds,
  setting,
  wholeNumber,
} from './setting.ts';

const DAY = 86_400;

/** A word that will mean something later is refused by name, not as a typing error. */
function onlyNow(word: string, isLater: (value: string) => boolean, later: string) {
  return z.string('must be text').superRefine((value, context) => {
    if (value === word) return;
    context.addIssue({ code: 'custom', message: isLater(value) ? later : `must be ${word}` });
  });
}

const shared = {
  addr: setting({
    schema: Address,
    default: ':8080',
    role: 'all',
    takes: 'host:port; an empty host is every interface, port 0 is any free one',
    meaning: 'Where the instance listens.',
  }),
  data: setting({
    schema: z.string('must be text').min(1, 'must name a folder'),
    default: './data',
    role: 'all',
    takes: 'a folder',
    meaning: 'Where everything is kept. Created if it is missing; its files are readable by their owner only.',
  }),
  database: setting({
    schema: onlyNow('sqlite', (value) => /^postgres(ql)?:/.test(value), 'PostgreSQL is not supported yet: use sqlite'),
    default: 'sqlite',
    role: 'all',
    takes: 'sqlite',
    meaning: 'The database. SQLite lives in the data folder.',
  }),
  roles: setting({
    schema: onlyNow(
      'all',
      (value) => /^(auth|chat|delivery|media)(,|$)/.test(value),
      'roles cannot run apart yet: use all',
    ),
    default: 'all',
    role: 'all',
    takes: 'all',
    meaning: 'Which roles this process runs.',
  }),
  name: setting({
    schema: z.string('must be text').trim().min(1, 'must not be empty').max(64, 'must be at most 64 characters'),
    default: 'Snug',
    role: 'all',
    takes: 'text, up to 64 characters',
    meaning: 'The name of this instance, as people see it.',
  }),
  public_url: setting({
    schema: BaseUrl,
    default: '',
    role: 'all',
    takes: 'a URL without a path',
    meaning: 'The address people use, for links. Empty: http://localhost and the port of `addr`.',
  }),
  origins: setting({
    schema: listOfText(Origin),
    default: [],
    role: 'all',
    takes: 'a list of origins',
    meaning: 'Other origins whose pages may use this instance from a browser. None by default.',
  }),
  trusted_proxies: setting({
    schema: listOfText(Network),
    default: [],
    role: 'all',
    takes: 'a list of addresses and networks',
    meaning: 'Reverse proxies whose X-Forwarded-* headers are believed. None by default.',
  }),
  theme: setting({
    schema: oneOf(['snug', 'blueprint', 'kaizen', 'contrast']),
    default: 'snug',
    role: 'all',
    takes: 'snug, blueprint, kaizen or contrast',
    meaning: 'The theme newcomers see until they choose their own.',
  }),
  rate_limits: setting({
    schema: oneOf(['on', 'off']),
    default: 'on',
    role: 'all',
    takes: 'on or off',
    meaning: 'Limits on sign-in, sends, typing and invites. `off` is for tests and benchmarks and is warned about.',
  }),
  log_level: setting({
    schema: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
    role: 'all',
    takes: 'debug, info, warn, error or silent',
    meaning: 'The least important lines that are still logged.',
  }),
  metrics: setting({
    schema: oneOf(['local', 'all', 'off']),
    default: 'local',
    role: 'all',
    takes: 'local, all or off',
    meaning: 'Who may read /metrics: callers on this machine, everybody, or nobody.',
  }),
} as const satisfies Record<string, Setting>;

const auth = {
  registration: setting({
    schema: oneOf(['open', 'invite', 'closed']),
    default: 'invite',
    role: 'auth',
    takes: 'open, invite or closed',
    meaning:
      'Who may make an account: everybody, holders of an invite, or nobody; until an administrator chooses otherwise in the app.',
  }),
  issuer: setting({
    schema: z.string('must be text').min(1, 'must not be empty').max(200, 'must be at most 200 characters'),
    default: 'snug',
    role: 'auth',
    takes: 'text',
    meaning: 'The `iss` of access tokens.',
  }),
  signing: setting({
    schema: oneOf(['EdDSA', 'ES256', 'RS256']),
    default: 'EdDSA',
    role: 'auth',
    takes: 'EdDSA, ES256 or RS256',
    meaning: 'The algorithm that signs access tokens. Earlier keys still verify.',
  }),
  access_token_ttl: setting({
    schema: seconds(1, DAY),
    default: 900,
    role: 'auth',
    takes: 'seconds, or a time such as 15m',
    meaning: 'How long an access token lives.',
  }),
  refresh_token_ttl: setting({
    schema: seconds(60, 400 * DAY),
    default: 30 * DAY,
    role: 'auth',
    takes: 'seconds, or a time such as 30d',
    meaning: 'How long somebody stays signed in without coming back.',
  }),
} as const satisfies Record<string, Setting>;

const chat = {
  server_creation: setting({
    schema: oneOf(['everyone', 'admins']),
    default: 'everyone',
    role: 'chat',
    takes: 'everyone or admins',
    meaning: 'Who may create servers.',
  }),
  resume_limit: setting({
    schema: wholeNumber(1, 1_000_000),
    default: 20_000,
    role: 'chat',
    takes: 'a number of events',
    meaning: 'How many missed events a client catches up with; beyond that it starts afresh.',
  }),
  reader_buffer: setting({
    schema: wholeNumber(4096, 1 << 30),
    default: 1 << 20,
    role: 'chat',
    takes: 'bytes',
    meaning: 'How much may wait for a slow reader before it is cut off; it catches up when it comes back.',
  }),
  erasure_delay: setting({
    schema: seconds(0, 3600),
    default: 10,
    role: 'chat',
    takes: 'seconds, or a time such as 1m',
    meaning: 'How soon erased words are gone from every file, the write-ahead log included.',
  }),
} as const satisfies Record<string, Setting>;

export const SETTINGS = { ...shared, ...auth, ...chat };

export type SettingName = keyof typeof SETTINGS;
export type Settings = { [N in SettingName]: z.output<(typeof SETTINGS)[N]['schema']> };

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** Every setting at its default. */
export function defaultSettings(): Settings {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].default])) as Settings;
}

export function variableOf(name: SettingName): string {
  return `SNUG_${name.toUpperCase()}`;
}

export function flagOf(name: SettingName): string {
  return `--${name.replaceAll('_', '-')}`;
}
