/** How an expectation is written down: who gets which answer, and what they ask for. */
import type { RefusalCode } from '@snug/protocol';
import type { Player, Stage, Standing } from './stage.ts';

/** A status of success, or the code of a refusal, whose status stands in its table. */
export type Answer = 200 | 201 | 204 | RefusalCode;
export type Answers = Readonly<Record<Standing, Answer>>;
export type Params = Record<string, unknown>;

export interface Expectation {
  /** What is asked about, where an operation has more than one expectation. */
  readonly what?: string;
  /** Path, query and body together. Makes what is asked about anew where the command would use it up. */
  readonly ask: (stage: Stage, player: Player) => Params | Promise<Params>;
  readonly answers: Answers;
  /** The command ends the caller's session: it is called from another one of theirs. */
  readonly endsSession?: true;
}

/** Operation to what is expected of it. */
export type Expectations = Readonly<Record<string, readonly Expectation[]>>;

export const signedOut = { nobody: 'NOT_SIGNED_IN', revoked: 'SESSION_REVOKED' } as const;

export const strangers = (answer: Answer) => ({
  outsider: answer,
  elsewhere: answer,
  removed: answer,
  admin: answer,
  partner: answer,
});

/** Everybody who is signed in, whatever their standing. */
export const signedIn = (answer: Answer): Answers => ({
  ...signedOut,
  ...strangers(answer),
  member: answer,
  author: answer,
  owner: answer,
});

/** Whether signed in or not. */
export const anyone = (answer: Answer): Answers => ({ ...signedIn(answer), nobody: answer, revoked: answer });

/** In the server or not there at all. */
export const inServer = (hidden: Answer, member: Answer, author: Answer, owner: Answer): Answers => ({
  ...signedOut,
  ...strangers(hidden),
  member,
  author,
  owner,
});

/** Two people have a conversation; for everybody else, owners and administrators included, there is none. */
export const inConversation = (author: Answer, partner: Answer): Answers => ({
  ...signedIn('UNKNOWN_CHANNEL'),
  author,
  partner,
});

export const onlyAdmin = (answer: Answer): Answers => ({ ...signedIn('NOT_AN_ADMIN'), admin: answer });
