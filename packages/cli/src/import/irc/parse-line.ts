/**
 * One line of an IRC log, in the form that the Ubuntu channel logs have:
 *
 *     [12:18] <nick> text                        a message
 *     [12:18]  * nick does something             an action
 *     === nick [user@host]  has joined #ubuntu   a join; `has left`, `is now known as` and `mode/...` likewise
 *     === nick does something                    an action again: before 2006 the logger wrote them so
 */

export type IrcLine =
  | { kind: 'message' | 'action'; minute: number; second: number; nick: string; text: string }
  /** An action written as a notice: it has no time of its own. */
  | { kind: 'narration'; nick: string; text: string }
  | { kind: 'join' | 'leave'; nick: string; channel: string }
  | { kind: 'rename'; nick: string; to: string }
  /** Modes, topics, kicks: about the channel, said by nobody. */
  | { kind: 'notice'; channel: string | null }
  | { kind: 'unreadable' };

const TIMED = /^\[(\d\d):(\d\d)(?::(\d\d))?\](.*)$/su;
const MESSAGE = /^\s<([^>]+)>\s?(.*)$/su;
const ACTION = /^\s+\*\s+(\S+)(?:\s(.*))?$/su;
const NICK = /^[A-Za-z[\]\\`_^{|}][\w[\]\\`^{|}-]*$/;
const MOVED = /^(\S+)\s+\[.*\]\s+has (joined|left|quit)(?:\s+(#\S+))?/u;
const RENAMED = /^(\S+) is now known as (\S+)$/u;
const ABOUT_CHANNEL = /(?:^|[/\s[(])(#[^\s:\])]+)/u;
/** First words that a logger writes and that look like a nick. */
const NOT_A_NICK = /^(?:topic|mode|you|signoff|servermode|notice|channel)$/i;
const SPOKEN_ABOUT = /^(?:was kicked|has been kicked|sets mode|has set the topic|changed the topic|set the topic)\b/;

export function parseLine(line: string): IrcLine {
  if (line.startsWith('===')) return parseNotice(line.slice(3).trim());
  const timed = TIMED.exec(line);
  if (timed === null) return { kind: 'unreadable' };
  const [, hours, minutes, seconds, rest] = timed as unknown as [string, string, string, string | undefined, string];
  const minute = Number(hours) * 60 + Number(minutes);
  const second = Number(seconds ?? 0);
  if (Number(hours) > 23 || Number(minutes) > 59 || second > 59) return { kind: 'unreadable' };
  for (const [kind, form] of [
    ['message', MESSAGE],
    ['action', ACTION],
  ] as const) {
    const found = form.exec(rest);
    const nick = found === null ? '' : bareNick(found[1] as string);
    if (found !== null && nick !== '') return { kind, minute, second, nick, text: (found[2] ?? '').trim() };
  }
  return { kind: 'unreadable' };
}

/** `<@oper>` and `<+voiced>` are the same people as `<oper>` and `<voiced>`. */
function bareNick(written: string): string {
  return written.trim().replace(/^[@+%]/, '');
}

function parseNotice(text: string): IrcLine {
  const moved = MOVED.exec(text);
  if (moved !== null) {
    const kind = moved[2] === 'joined' ? 'join' : 'leave';
    return { kind, nick: bareNick(moved[1] as string), channel: (moved[3] ?? '').toLowerCase() };
  }
  const renamed = RENAMED.exec(text);
  if (renamed !== null) return { kind: 'rename', nick: renamed[1] as string, to: renamed[2] as string };
  const [first = '', ...rest] = text.split(' ');
  const said = rest.join(' ').trim();
  if (NICK.test(first) && !NOT_A_NICK.test(first) && said !== '' && !SPOKEN_ABOUT.test(said)) {
    return { kind: 'narration', nick: first, text: said };
  }
  return { kind: 'notice', channel: ABOUT_CHANNEL.exec(text)?.[1]?.toLowerCase() ?? null };
}
