/** From log files to the messages they become, before anything is written. Pure: bytes in, a plan out. */
import { createHash } from 'node:crypto';
import { LIMITS } from '@snug/protocol';
import { actionContent } from './action-content.ts';
import { parseAnnotation, replyLinks } from './annotation.ts';
import { countLine, type IrcCounts, noCounts } from './counts.ts';
import { dayOfFile, type ParsedLine, type ParsedLog, parseIrcLog } from './parse.ts';

export interface LogFile {
  /** Without its folder. */
  name: string;
  /** The name of the folder it lies in: a last hint at the channel. */
  folder: string;
  bytes: Uint8Array;
  annotation: string | null;
}

export interface PlannedMessage {
  /** Names the line it comes from, so that a second run adds nothing (E24). At most 57 characters. */
  source: string;
  /** ms since 1970. */
  at: number;
  nick: string;
  type: 'default' | 'reply' | 'system_join' | 'system_leave';
  content: string;
  /** Source of the message that this one answers. */
  answers: string | null;
}

export interface PlannedChannel {
  name: string;
  /** Oldest first. */
  messages: PlannedMessage[];
}

export interface UnreadableLine {
  file: string;
  /** Counted from 1, as editors do. */
  line: number;
}

export interface IrcPlan {
  channels: PlannedChannel[];
  counts: IrcCounts;
  unreadable: UnreadableLine[];
}

/** What is left of a nonce after `import:`. */
const SOURCE_MAX = LIMITS.NONCE_MAX - 'import:'.length;

/** A file that cannot be imported at all. */
export class UnusableLog extends Error {
  override readonly name = 'UnusableLog';
}

/**
 * @param channel the channel's name where the caller knows it; else the logs tell, else the folder.
 * @throws UnusableLog for a file without a date in its name.
 */
export function planImport(files: readonly LogFile[], channel: string | null): IrcPlan {
  const counts = noCounts();
  const unreadable: UnreadableLine[] = [];
  const logs = files.map((file) => ({ file, log: parseIrcLog(file.bytes, startOf(file)) }));
  const common = agreedChannel(logs.map(({ log }) => log));
  const byChannel = new Map<string, PlannedMessage[]>();
  const nicks = new Set<string>();
  const speakers = new Set<string>();
  for (const { file, log } of logs) {
    counts.files += 1;
    for (const line of log.lines) {
      countLine(counts, line.kind);
      if (line.kind === 'unreadable') unreadable.push({ file: file.name, line: line.line + 1 });
    }
    const name = channelName(channel ?? log.channel ?? common ?? folderChannel(file.folder));
    const messages = planFile(file, log);
    for (const message of messages) {
      nicks.add(message.nick);
      if (message.type === 'default' || message.type === 'reply') speakers.add(message.nick);
      if (message.answers !== null) counts.replies += 1;
    }
    byChannel.set(name, [...(byChannel.get(name) ?? []), ...messages]);
  }
  counts.authors = nicks.size;
  counts.speakers = speakers.size;
  const channels = [...byChannel].map(([name, messages]) => ({ name, messages: messages.sort((a, b) => a.at - b.at) }));
  return { channels, counts, unreadable };
}

function startOf(file: LogFile): number {
  const day = dayOfFile(file.name);
  if (day === null) throw new UnusableLog(`${file.name}: its name must hold the log's date, such as 2009-10-01`);
  return day;
}

function planFile(file: LogFile, log: ParsedLog): PlannedMessage[] {
  const planned = new Map<number, PlannedMessage>();
  for (const line of log.lines) {
    const message = planLine(file.name, line);
    if (message !== null) planned.set(line.line, message);
  }
  if (file.annotation !== null) {
    const links = replyLinks(parseAnnotation(file.annotation), (line) => planned.get(line)?.type === 'default');
    for (const [later, earlier] of links) {
      const message = planned.get(later) as PlannedMessage;
      message.answers = (planned.get(earlier) as PlannedMessage).source;
    }
    for (const message of planned.values()) if (message.answers !== null) message.type = 'reply';
  }
  return [...planned.values()];
}

function planLine(fileName: string, line: ParsedLine): PlannedMessage | null {
  const common = { source: sourceOf(fileName, line), at: line.at, answers: null };
  switch (line.kind) {
    case 'message':
      return { ...common, nick: line.nick, type: 'default', content: line.text };
    case 'action':
    case 'narration':
      return { ...common, nick: line.nick, type: 'default', content: actionContent(line.text) };
    case 'join':
      return { ...common, nick: line.nick, type: 'system_join', content: '' };
    case 'leave':
      return { ...common, nick: line.nick, type: 'system_leave', content: '' };
    default:
      return null;
  }
}

/**
 * File and line name the source. The line's digest keeps two logs apart that have the same name in different folders,
 * as the logs of two channels of one day do.
 */
function sourceOf(fileName: string, line: ParsedLine): string {
  const whole = `irc:${fileName}:${line.line}:${line.digest}`;
  if (whole.length <= SOURCE_MAX) return whole;
  const short = createHash('sha256').update(fileName).digest('hex').slice(0, 24);
  return `irc:${short}:${line.line}:${line.digest}`;
}

/** The one channel that those logs name which name any; null when they name several. */
function agreedChannel(logs: readonly ParsedLog[]): string | null {
  const names = new Set(logs.map((log) => log.channel).filter((name) => name !== null));
  return names.size === 1 ? ([...names][0] as string) : null;
}

/** `irc-ubuntu` is a folder named after its channel; any other name says nothing. */
function folderChannel(folder: string): string {
  return /^irc[-_.](.+)$/i.exec(folder)?.[1] ?? 'irc';
}

function channelName(name: string): string {
  return name.replace(/^#+/, '').slice(0, LIMITS.CHANNEL_NAME_MAX) || 'irc';
}
