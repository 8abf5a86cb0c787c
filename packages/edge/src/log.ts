/** JSON logs with redaction: a token or a password never reaches a line, however deep it sits. */
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const SECRET =
  /^(authorization|cookie|set-cookie|token|access_token|refresh_token|password|current_password|new_password|ticket|secret)$/i;
const SECRET_IN_URL = /([?&](?:token|ticket|code|invite|password|refresh_token)=)[^&#]*/gi;
const DEPTH = 6;

/** Takes secrets out of a query string; `?token=` at `/ws` is the one URL that may carry one (E34). */
export function redactUrl(url: string): string {
  return url.replace(SECRET_IN_URL, '$1[redacted]');
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
