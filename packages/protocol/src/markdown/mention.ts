/** Mentions in a text: `@name`, `#name`, and the forms with an id that nobody can mistake. */
import { type Closing, isWordAt, isWordBefore, trailing } from './characters.ts';
import type { Mention } from './tree.ts';

/** As long as a role or a channel may be called. */
const NAME_MAX = 100;
const TARGET = /<(@&?|#)([0-7][0-9A-HJKMNP-TV-Z]{25})>/y;
/** The alphabet of usernames (USERNAME_PATTERN). */
const NAME = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,${NAME_MAX - 1}}`, 'uy');
const NAME_GOES_ON = /^[\p{L}\p{N}_-]/u;
const TO = { '@': 'user', '@&': 'role', '#': 'channel' } as const;
/** An at sign or a number sign behind one of these is part of something else: an address, a path, an entity. */
const NOT_BEHIND = new Set(['@', '#', '&', '/']);
/** What an e-mail address may have between its last letter and the at sign. */
const BEFORE_AT_SIGN = new Set(['_', '-', '+']);
const LOOK_BACK = 8;

/** `<@ID>`, `<@&ID>` or `<#ID>` at `at`, or null. */
export function targetAt(source: string, at: number): Mention | null {
  TARGET.lastIndex = at;
  const found = TARGET.exec(source);
  if (found === null) return null;
  return { type: 'mention', to: TO[found[1] as keyof typeof TO], id: found[2] as string, text: found[0] };
}

/** `@name` or `#name` at `at`, or null. What would close an open mark at the end of the name is left out. */
export function nameAt(source: string, at: number, closing: Closing): Mention | null {
  const sign = source[at] as '@' | '#';
  if (!mayStandAt(source, at)) return null;
  NAME.lastIndex = at + 1;
  const run = NAME.exec(source)?.[0];
  if (run === undefined || goesOn(source, at + 1 + run.length)) return null;
  const name = trim(run, closing);
  if (sign === '#') return { type: 'mention', to: 'channel', name, text: `#${name}` };
  if (name === 'everyone' || name === 'here') return { type: 'mention', to: name, text: `@${name}` };
  return { type: 'mention', to: 'name', name, text: `@${name}` };
}

function mayStandAt(source: string, at: number): boolean {
  if (isWordBefore(source, at) || NOT_BEHIND.has(source[at - 1] ?? '')) return false;
  if (source[at] === '#') return true;
  let back = at;
  while (at - back < LOOK_BACK && BEFORE_AT_SIGN.has(source[back - 1] ?? '')) back -= 1;
  return back === at || !isWordBefore(source, back);
}

/** Too long to be a name, or `@name@host`: somebody elsewhere. */
function goesOn(source: string, end: number): boolean {
  if (source[end] === '@') return isWordAt(source, end + 1);
  return NAME_GOES_ON.test(source.slice(end, end + 2));
}

/** Leaves out the dots that end a sentence, and underscores that close a mark. */
function trim(run: string, closing: Closing): string {
  const withoutDots = (text: string): string => {
    let end = text.length;
    while (text[end - 1] === '.') end -= 1;
    return text.slice(0, end);
  };
  const name = withoutDots(run);
  return withoutDots(name.slice(0, name.length - closing('_', trailing(name, '_'))));
}
