/** What an import read and did. The names are those of the last line that `--json` prints. */
export interface IrcCounts {
  files: number;
  /** Every line of the logs. */
  lines: number;
  /** `[HH:MM] <nick> text`. */
  messages: number;
  /** `[HH:MM]  * nick does something`. */
  actions: number;
  /** `=== ...`: the sum of the five below. */
  system: number;
  joins: number;
  leaves: number;
  /** `=== nick does something`: kept as actions. */
  narrations: number;
  /** `=== nick is now known as other`: read, not kept. */
  renames: number;
  /** Modes and topics: read, not kept. */
  notices: number;
  /** Lines in no form that is known. */
  unreadable: number;
  /** Lines that leave no message behind: renames, notices and unreadable ones. */
  skipped: number;
  /** Messages that answer another one. */
  replies: number;
  /** Different people, one for each nick, those who only came and went included. */
  authors: number;
  /** Those of them who said or did something. */
  speakers: number;
  /** Messages that were not there before. */
  added: number;
  /** Messages that an earlier run had already added. */
  already_there: number;
}

export function noCounts(): IrcCounts {
  return {
    files: 0,
    lines: 0,
    messages: 0,
    actions: 0,
    system: 0,
    joins: 0,
    leaves: 0,
    narrations: 0,
    renames: 0,
    notices: 0,
    unreadable: 0,
    skipped: 0,
    replies: 0,
    authors: 0,
    speakers: 0,
    added: 0,
    already_there: 0,
  };
}

const FIELD = {
  message: 'messages',
  action: 'actions',
  join: 'joins',
  leave: 'leaves',
  narration: 'narrations',
  rename: 'renames',
  notice: 'notices',
  unreadable: 'unreadable',
} as const;
const SYSTEM = new Set(['join', 'leave', 'narration', 'rename', 'notice']);
const SKIPPED = new Set(['rename', 'notice', 'unreadable']);

export function countLine(counts: IrcCounts, kind: keyof typeof FIELD): void {
  counts.lines += 1;
  counts[FIELD[kind]] += 1;
  if (SYSTEM.has(kind)) counts.system += 1;
  if (SKIPPED.has(kind)) counts.skipped += 1;
}
