/** What mentions are called where somebody reads them. */
import type { EmojiLookup, Mention } from './tree.ts';

/** Who is asked for: by id, or by the name that was written. */
export type Asked = Pick<Mention, 'id' | 'name'>;

/**
 * Finds names for the reader of a message: without the sign, null for what the reader may not know or what is not there.
 * What has no function here stays as it was written.
 */
export interface NameResolver {
  user?: (asked: Asked) => string | null;
  role?: (asked: Asked) => string | null;
  channel?: (asked: Asked) => string | null;
}

export interface RenderOptions {
  names?: NameResolver | undefined;
  emoji?: EmojiLookup | undefined;
}

export interface SaidMention {
  text: string;
  /** False for a bare name that nobody was found for: it is text like any other. */
  isTarget: boolean;
}

const UNKNOWN = 'unknown';

export function sayMention(mention: Mention, names: NameResolver = {}): SaidMention {
  const { to, text } = mention;
  if (to === 'everyone' || to === 'here') return { text, isTarget: true };
  const sign = to === 'channel' ? '#' : '@';
  if (mention.id === undefined) {
    const name = to === 'channel' ? names.channel?.(mention) : (names.user?.(mention) ?? names.role?.(mention));
    return typeof name === 'string' ? { text: signed(sign, name), isTarget: true } : { text, isTarget: false };
  }
  const find = to === 'channel' ? names.channel : to === 'role' ? names.role : names.user;
  return { text: find === undefined ? text : signed(sign, find(mention) ?? UNKNOWN), isTarget: true };
}

/** The role of everyone is called `@everyone`: it has its sign. */
function signed(sign: string, name: string): string {
  return name.startsWith(sign) ? name : sign + name;
}
