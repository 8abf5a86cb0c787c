/** JSON logs with redaction: a token or a password never reaches a line, however deep it sits. */
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const SECRET =
  /^(authorization|cookie|set-cookie|token|access_token|refresh_token|password|current_password|new_password|ticket|secret)$/i;
const SECRET_IN_QUERY = /([?&](?:token|ticket|code|invite)=)[^&#]*/gi;
/** An invite's code opens a door, and stands in the path of its page and of its commands. Ids of invites open nothing. */
const SECRET_IN_PATH = /(?<!\/auth)(\/invites?\/)[^/?#]+/gi;
const DEPTH = 6;

/** Takes out of a URL what would let somebody in: `?token=` at `/ws` (E34), and invite codes (E2). */
export function redactUrl(url: string): string {
  return url.replace(SECRET_IN_QUERY, '$1[redacted]').replace(SECRET_IN_PATH, '$1[redacted]');
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
