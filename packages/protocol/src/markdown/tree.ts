/** What a message is made of (Blueprint "Markdown Support"). Every view is drawn from this tree; SPEC.md, MD, has the grammar. */
import type { Id } from '../ids.ts';

/** `name` is a bare `@word`: a user or a role, which only whoever knows the names can tell. */
export type MentionTarget = 'user' | 'role' | 'channel' | 'everyone' | 'here' | 'name';

export interface Mention {
  type: 'mention';
  to: MentionTarget;
  /** Of `<@ID>`, `<@&ID>` and `<#ID>`. */
  id?: Id;
  /** Of `@name` and `#name`, without the sign. */
  name?: string;
  /** As it was written. */
  text: string;
}

export type Mark = 'bold' | 'italic' | 'strike' | 'spoiler';

export type Inline =
  | { type: 'text'; text: string }
  | { type: Mark; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string }
  | Mention
  /** `text` is the emoji, `name` what was written between the colons. An emoji that was written as one is text. */
  | { type: 'emoji'; name: string; text: string }
  | { type: 'break' };

export interface Paragraph {
  type: 'paragraph';
  children: Inline[];
}

/** `language` is lower case, at most 20 characters, and empty where none was given. */
export interface CodeBlock {
  type: 'code_block';
  language: string;
  text: string;
}

/** No quote stands in a quote. */
export interface Quote {
  type: 'quote';
  children: Block[];
}

export type Block = Paragraph | CodeBlock | Quote;

/** The emoji of a name, as `findEmoji` of `@snug/protocol/emoji` gives it; undefined where there is none. */
export type EmojiLookup = (name: string) => string | undefined;
