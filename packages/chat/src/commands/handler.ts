/** What a feature gives for each of its commands. */
import type {
  AccessClaims,
  ChatCommandName,
  ChatRateName,
  CommandParams,
  CommandResult,
  Id,
  IdClock,
} from '@snug/protocol';
import type { Guard, LogEvent, NewEvent } from '../log/envelope.ts';
import type { Append, LogReader } from '../log/log.ts';
import type { Services } from '../services.ts';
import type { World } from '../world/world.ts';

/** Who is asking, and what a log line about it should say. */
export interface Actor {
  readonly userId: Id;
  readonly claims: AccessClaims;
  readonly isAdmin: boolean;
  readonly trace: string;
  /** What limits go by of where they speak from (`addressKey`); the command line speaks from nowhere. */
  readonly address?: string;
}

export interface CommandContext {
  readonly actor: Actor;
  readonly now: number;
}

/** What `decide` may know: the world, the command, the time, fresh ids, and what `load` brought. Nothing to wait for. */
export interface Decide<P, L> {
  readonly world: World;
  readonly params: P;
  readonly actor: Actor;
  /** ms since 1970. */
  readonly now: number;
  readonly ids: IdClock;
  readonly loaded: L;
}

/** Nothing has to happen: this is the answer already. */
export interface Answered<R> {
  readonly answer: R;
}

export interface Decided<R> {
  readonly events: readonly NewEvent[];
  readonly guards: readonly Guard[];
  /** The answer once committed; `json` where an event's body is the answer as it stands. */
  readonly result: (events: readonly LogEvent[]) => R | RawJson;
  readonly replaces?: Append['replaces'];
  /** Which of the events names the command again (E13): the first, where it is left out. */
  readonly nonceAt?: number;
}

export interface RawJson {
  readonly raw: string;
}

export type LimitName = ChatRateName;

/** A command that changes something: load, decide, append (E10). */
export interface WriteHandler<P, R, L> {
  readonly limit: LimitName;
  /** Reads what the world does not hold. Commands without it are decided in the turn they arrive. */
  readonly load?: (params: P, context: CommandContext, services: Services) => Promise<L>;
  /** Whether these parameters need `load` at all; true where it is left out. */
  readonly needsLoad?: (params: P) => boolean;
  readonly decide: (decide: Decide<P, L>) => Decided<R> | Answered<R>;
  /** The first result of a known nonce, or null if this nonce named something else (E13). */
  readonly replay?: (event: LogEvent, params: P, world: World, actor: Actor) => R | RawJson | null;
  /** After the commit and before the answer: what another role must hear of. Its failure is logged, not answered. */
  readonly after?: (events: readonly LogEvent[], params: P, services: Services) => Promise<void>;
}

/** A query: reads, and says at which position it is true (E6). */
export interface ReadHandler<P, R> {
  readonly limit: LimitName;
  readonly query: (params: P, context: CommandContext, services: Services) => Promise<{ result: R; position: number }>;
}

/** What leaves no trace in the log: typing, a renewed token. */
export interface EphemeralHandler<P, R> {
  readonly limit: LimitName;
  readonly perform: (params: P, context: CommandContext, services: Services) => Promise<R> | R;
}

// biome-ignore lint/suspicious/noExplicitAny: what `load` brings is each handler's own affair.
type AnyLoaded = any;

export type HandlerOf<N extends ChatCommandName> =
  | WriteHandler<CommandParams<N>, CommandResult<N>, AnyLoaded>
  | ReadHandler<CommandParams<N>, CommandResult<N>>
  | EphemeralHandler<CommandParams<N>, CommandResult<N>>;

export type Handlers = { readonly [N in ChatCommandName]: HandlerOf<N> };

export type { LogReader };
