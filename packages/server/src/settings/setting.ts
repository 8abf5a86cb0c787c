/** The kinds of values a setting takes. Each reads what YAML gives (typed) and what a flag or a variable gives (text). */
import { isIP } from 'node:net';
import { z } from 'zod';

/** Which part of the process a setting belongs to; `all` is for whatever runs. */
export type SettingRole = 'all' | 'auth' | 'chat';

export interface Setting<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly default: z.output<S>;
  readonly role: SettingRole;
  /** One sentence for `--help` and docs/configuration.md. */
  readonly meaning: string;
  /** What a value looks like, in words. */
  readonly takes: string;
}

export function setting<S extends z.ZodType>(given: Setting<S>): Setting<S> {
  return given;
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Whole seconds: `900`, `15m`, `12h`, `30d`. */
export function seconds(min: number, max: number) {
  return z.preprocess(
    (value) => {
      const match = typeof value === 'string' ? /^(\d{1,10})([smhd])?$/.exec(value.trim()) : null;
      if (match === null) return value;
      return Number(match[1]) * UNIT_SECONDS[(match[2] ?? 's') as keyof typeof UNIT_SECONDS];
    },
    z
      .int('must be a time such as 900, 15m, 12h or 30d')
      .min(min, `must be at least ${min} seconds`)
      .max(max, `must be at most ${max} seconds`),
  );
}

/** A whole number, also when it arrives as text. */
export function wholeNumber(min: number, max: number) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value),
    z.int('must be a whole number').min(min, `must be at least ${min}`).max(max, `must be at most ${max}`),
  );
}

/** One of a few words. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W) {
  return z.enum(words, `must be one of ${words.join(', ')}`);
}

/** A list: in YAML a list, elsewhere words separated by commas. */
export function listOfText(item: z.ZodType<string, string>) {
  return z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== '')
        : value,
    z.array(item, 'must be a list'),
  );
}

/** `:8080`, `127.0.0.1:8080`, `[::1]:8080`, `chat.example.org:80`. A bare number is a port. */
export const Address = z.preprocess(
  (value) => (typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)) ? `:${value}` : value),
  z.string('must be text such as ":8080"').refine((value) => {
    const match = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]*):(\d{1,5})$/.exec(value);
    return match !== null && Number(match[1]) <= 65_535;
  }, 'must be an address such as ":8080" or "127.0.0.1:8080"'),
);

/** Takes an address apart. An empty host means every interface. */
export function parseAddress(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  return { host, port: Number(address.slice(colon + 1)) };
}

/** An http(s) URL without a path, or empty. */
export const BaseUrl = z
  .string('must be text')
  .transform((value) => value.replace(/\/+$/, ''))
  .refine((value) => value === '' || isOrigin(value), 'must be a URL such as https://chat.example.org, without a path');

export const Origin = z
  .string('must be text')
  .refine(isOrigin, 'must be an origin such as https://chat.example.org, without a path');

function isOrigin(value: string): boolean {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  return new URL(value).origin === value.toLowerCase();
}

const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** An address, a network (10.0.0.0/8), or one of the names loopback, linklocal, uniquelocal. */
export const Network = z.string('must be text').refine((value) => {
  if (NAMED_NETWORKS.includes(value)) return true;
  const [address = '', prefix, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}, 'must be an address or a network such as 10.0.0.0/8, or loopback');
