/** An IRC log file, read: every line with its number, its time and what it is. Pure: bytes in, lines out. */
import { createHash } from 'node:crypto';
import { LIMITS } from '@snug/protocol';
import { decodeLines } from './decode-lines.ts';
import { type IrcLine, parseLine } from './parse-line.ts';

export type ParsedLine = IrcLine & {
  /** Counted from 0 over all lines of the file, as annotations count. */
  line: number;
  /** ms since 1970, growing with the line: the minute that was written, then a millisecond a line. */
  at: number;
  text?: string;
  /** A few characters that stand for the line's bytes: part of its nonce. */
  digest: string;
};

export interface ParsedLog {
  /** The channel that joins, leaves and notices name most, without `#`; null where none is named. */
  channel: string | null;
  lines: ParsedLine[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A clock set back by an hour in autumn, or lines a little out of order, are not a new day. */
const MIDNIGHT_STEP_MS = 61 * MINUTE_MS;

/**
 * The day in a file's name, as ms since 1970 in UTC; null when there is none.
 */
export function dayOfFile(fileName: string): number | null {
  const match = /(\d{4})-(\d{2})-(\d{2})/.exec(fileName);
  if (match === null) return null;
  const day = Date.parse(`${match[0]}T00:00:00Z`);
  return Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== match[0] ? null : day;
}

/**
 * @param day the day the log begins, ms since 1970. Times in the log are read as UTC and wrap at midnight.
 */
export function parseIrcLog(file: Uint8Array, day: number): ParsedLog {
  const clock = new LogClock(day);
  const named = new Map<string, number>();
  const raw = decodeLines(file);
  const parsed = raw.map(({ text, bytes }) => ({ bytes, parsed: readable(parseLine(text)) }));
  const firstTimed = parsed.find((line) => 'minute' in line.parsed)?.parsed;
  if (firstTimed !== undefined) clock.begin(firstTimed as Timed);
  const lines = parsed.map(({ parsed: what, bytes }, line): ParsedLine => {
    if ('channel' in what && what.channel) named.set(what.channel, (named.get(what.channel) ?? 0) + 1);
    return { ...what, line, at: 'minute' in what ? clock.at(what) : clock.next(), digest: digestOf(bytes) };
  });
  return { channel: mostNamed(named), lines };
}

type Timed = { minute: number; second: number };

/** What a message cannot hold is not read as one. */
function readable(line: IrcLine): IrcLine {
  if (!('text' in line) || (line.text.length <= LIMITS.MESSAGE_MAX && line.text.isWellFormed())) return line;
  return { kind: 'unreadable' };
}

/** Turns `[HH:MM]` into times that grow: over midnight into the next day, and line by line within a minute. */
class LogClock {
  #day: number;
  #last: number;
  /** The time that was last written, without what tells its lines apart. */
  #written: number;

  constructor(day: number) {
    this.#day = day;
    this.#written = day;
    this.#last = day - 1;
  }

  /** Lines before the first time share it. */
  begin(first: Timed): void {
    this.#written = this.#day + first.minute * MINUTE_MS + first.second * 1000;
    this.#last = this.#written - 1;
  }

  at({ minute, second }: Timed): number {
    let at = this.#day + minute * MINUTE_MS + second * 1000;
    if (this.#written - at >= MIDNIGHT_STEP_MS) {
      this.#day += DAY_MS;
      at += DAY_MS;
    }
    if (at > this.#written) this.#written = at;
    return this.next();
  }

  /** The next moment at the time last written. */
  next(): number {
    this.#last = Math.max(this.#written, this.#last + 1);
    return this.#last;
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}

function mostNamed(named: ReadonlyMap<string, number>): string | null {
  const [best] = [...named].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return best === undefined ? null : best[0].replace(/^#+/, '') || null;
}
