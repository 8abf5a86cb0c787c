/** JSON logs with redaction: a token or a password never reaches a line, however deep it sits. */
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const SECRET =
  /^(authorization|cookie|set-cookie|token|access_token|refresh_token|password|current_password|new_password|ticket|secret)$/i;
/** None of ours takes a password; people may put one there all the same. */
const SECRET_PARAMETERS: ReadonlySet<string> = new Set(['token', 'ticket', 'code', 'invite', 'password']);
/** No parameter of ours is as long as a token. */
const PARAMETER_MAX = 40;
/** An invite's code opens a door, and stands in the path of its page and of its commands. Ids of invites open nothing. */
const SECRET_IN_PATH = /(?<!\/auth)(\/invites?\/)[^/?#]+/gi;
const DEPTH = 6;

/** Takes out of a URL what would let somebody in: `?token=` at `/ws` (E34), and invite codes (E2). */
export function redactUrl(url: string): string {
  return url.replace(/([?&])([^?&#]*)/g, redactParameter).replace(SECRET_IN_PATH, '$1[redacted]');
}

/** A long value, or a name that had to be escaped, is a secret gone astray. */
function redactParameter(whole: string, lead: string, pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0 || equals === pair.length - 1) return whole;
  const name = pair.slice(0, equals);
  const isHarmless =
    !SECRET_PARAMETERS.has(name.toLowerCase()) && !name.includes('%') && pair.length - equals <= PARAMETER_MAX;
  return isHarmless ? whole : `${lead}${name}=[redacted]`;
}

export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth >= DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, SECRET.test(key) ? '[redacted]' : redact(inner, depth + 1)]),
  );
}

export interface LogOptions {
  level: LogLevel;
  /** Where lines go; standard output unless a test or a tool says otherwise. */
  write?: (line: string) => void;
}

export function createLogger(options: LogOptions): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => redact(fields) as Record<string, unknown>,
    },
  };
  return options.write === undefined ? pino(settings) : pino(settings, { write: options.write });
}
