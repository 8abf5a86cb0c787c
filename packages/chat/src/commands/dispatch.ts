/**
 * Every command, whoever sends it, runs here: limits, validation, load, decide, append, answer. A permission is
 * checked in one place because there is only this one.
 */

import { addressKey, TokenBuckets } from '@snug/edge';
import {
  ADDRESS_FACTOR,
  CHAT_COMMANDS,
  CHAT_RATES,
  type ChatCommandName,
  type IdClock,
  type RateLimit,
  Refusal,
  type RefusalCode,
  validate,
} from '@snug/protocol';
import type { LogEvent } from '../log/envelope.ts';
import type { AppendResult } from '../log/log.ts';
import { upcast } from '../log/upcast.ts';
import type { Services } from '../services.ts';
import type {
  Actor,
  CommandContext,
  Decided,
  EphemeralHandler,
  LimitName,
  RawJson,
  ReadHandler,
  WriteHandler,
} from './handler.ts';
import { provision } from './provision.ts';
import { HANDLERS } from './table.ts';

export interface Outcome {
  /** The result as JSON; null when there is nothing to say. */
  readonly json: string | null;
  /** The position the answer is true at (E6). */
  readonly position: number;
}

/** Commands of one connection on one channel are decided in arrival order (E14): their lane. */
export class Lanes {
  readonly #tails = new Map<string, Promise<unknown>>();

  isFree(key: string): boolean {
    return !this.#tails.has(key);
  }

  /** Runs `work` now if nothing is before it in the lane, else right after that. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const tail = this.#tails.get(key);
    const next = tail === undefined ? work() : tail.then(work, work);
    const settled = next.then(noop, noop);
    this.#tails.set(key, settled);
    void settled.then(() => {
      if (this.#tails.get(key) === settled) this.#tails.delete(key);
    });
    return next;
  }
}

/** After these a known nonce is no answer: it is another's, or nobody can say what became of it. */
const UNANSWERED: ReadonlySet<RefusalCode> = new Set(['NONCE_REUSED', 'OUTCOME_UNKNOWN', 'SHUTTING_DOWN']);

const noop = (): void => {};
const MAX_DECISIONS = 5;

type AnyWrite = WriteHandler<Record<string, unknown>, unknown, unknown>;
type AnyRead = ReadHandler<Record<string, unknown>, unknown>;
type AnyEphemeral = EphemeralHandler<Record<string, unknown>, unknown>;

export class Dispatcher {
  readonly #services: Services;
  readonly #ids: IdClock;
  readonly #byUser: Record<LimitName, TokenBuckets>;
  readonly #byAddress: Record<LimitName, TokenBuckets>;
  /** Commands under way: a drain waits for them. */
  inFlight = 0;

  constructor(services: Services, ids: IdClock) {
    this.#services = services;
    this.#ids = ids;
    const isOff = services.settings.rate_limits === 'off';
    this.#byUser = buckets((rate) => new TokenBuckets(isOff ? 'off' : rate, services.now));
    this.#byAddress = buckets(
      ({ burst, per_second }) =>
        new TokenBuckets(
          isOff ? 'off' : { burst: burst * ADDRESS_FACTOR, per_second: per_second * ADDRESS_FACTOR },
          services.now,
        ),
    );
  }

  async dispatch(
    name: string,
    given: Record<string, unknown>,
    actor: Actor,
    lanes: Lanes | null = null,
  ): Promise<Outcome> {
    if (!Object.hasOwn(CHAT_COMMANDS, name)) throw new Refusal('UNKNOWN_COMMAND');
    const spec = CHAT_COMMANDS[name as ChatCommandName];
    const isSomebody = actor.userId !== '';
    if (!isSomebody && spec.caller !== 'anyone') throw new Refusal('NOT_SIGNED_IN');
    if (spec.caller === 'admin' && !actor.isAdmin) throw new Refusal('NOT_AN_ADMIN');
    // What was under way as the account ended is not theirs to say any more.
    if (isSomebody && this.#services.world.users.get(actor.userId)?.user.is_deleted === true)
      throw new Refusal('SESSION_REVOKED');
    this.inFlight += 1;
    try {
      if (isSomebody && !this.#services.world.users.has(actor.userId)) await this.#provision(actor);
      return await this.#run(name as ChatCommandName, given, actor, lanes);
    } finally {
      this.inFlight -= 1;
    }
  }

  /** The user of a token appears in the log the first time the token does (design section 3). */
  async #provision(actor: Actor): Promise<void> {
    const { log, now, world } = this.#services;
    if (world.users.has(actor.userId)) return;
    const result = await log.append(provision(actor.claims, actor.trace, now()));
    if (result.kind === 'refused' && !world.users.has(actor.userId)) throw new Refusal(result.code);
  }

  async ensureUser(actor: Actor): Promise<void> {
    await this.#provision(actor);
  }

  #run(name: ChatCommandName, given: Record<string, unknown>, actor: Actor, lanes: Lanes | null): Promise<Outcome> {
    const handler = HANDLERS[name];
    const params = validate(CHAT_COMMANDS[name].params, given) as Record<string, unknown>;
    const context = { actor, now: this.#services.now() };
    if (!('decide' in handler)) {
      this.take(handler.limit, actor);
      if ('query' in handler) return this.#read(handler as unknown as AnyRead, params, context);
      return this.#perform(handler as unknown as AnyEphemeral, params, context);
    }
    const write = handler as unknown as AnyWrite;
    const lane = String(params.channel_id ?? '');
    const isInstant = lanes === null || (lanes.isFree(lane) && !needsLoad(write, params));
    if (isInstant) return this.#write(write, params, context);
    return lanes.run(lane, () => this.#write(write, params, context));
  }

  /** One of what this rate allows them. @throws RATE_LIMITED */
  take(limit: LimitName, actor: Actor): void {
    const { userId, address } = actor;
    // Somebody without a token is as good as one user of their address.
    this.#byUser[limit].take(userId || (address ?? ''));
    if (address !== undefined) this.#byAddress[limit].take(address);
  }

  async #read(handler: AnyRead, params: Record<string, unknown>, context: CommandContext): Promise<Outcome> {
    const { result, position } = await handler.query(params, context, this.#services);
    return { json: JSON.stringify(result), position };
  }

  async #perform(handler: AnyEphemeral, params: Record<string, unknown>, context: CommandContext): Promise<Outcome> {
    const result = await handler.perform(params, context, this.#services);
    return { json: result === null ? null : JSON.stringify(result), position: this.#services.world.tail };
  }

  async #write(handler: AnyWrite, params: Record<string, unknown>, context: CommandContext): Promise<Outcome> {
    try {
      this.take(handler.limit, context.actor);
      return await this.#decideAndAppend(handler, params, context);
    } catch (error) {
      // A known nonce answers before limits and permissions (E13); looked up only now, so that a send costs no read.
      const replayed =
        error instanceof Refusal && !UNANSWERED.has(error.code) ? await this.#replay(handler, params, context) : null;
      if (replayed !== null) return replayed;
      throw error;
    }
  }

  async #decideAndAppend(
    handler: AnyWrite,
    params: Record<string, unknown>,
    context: CommandContext,
  ): Promise<Outcome> {
    const { world, log } = this.#services;
    const { actor, now } = context;
    for (let attempt = 0; attempt < MAX_DECISIONS; attempt++) {
      const loaded = needsLoad(handler, params) ? await handler.load?.(params, context, this.#services) : undefined;
      const decided = handler.decide({ world, params, actor, now, ids: this.#ids, loaded });
      if ('answer' in decided) return { json: toJson(decided.answer), position: world.tail };
      const nonce = params.nonce as string | undefined;
      const { events, guards, replaces, nonceAt } = decided;
      const result = await log.append({
        actor: actor.userId,
        at: now,
        trace: actor.trace,
        events,
        guards,
        nonce,
        nonceAt,
        replaces,
      });
      if (result.kind === 'stale') continue;
      if (result.kind === 'committed' && handler.after === undefined) return committed(decided, result.events);
      return await this.#answer(handler, decided, result, params, context);
    }
    throw new Refusal('CONFLICT', { retry_after: 0.1 });
  }

  async #answer(
    handler: AnyWrite,
    decided: Decided<unknown>,
    result: Exclude<AppendResult, { kind: 'stale' }>,
    params: Record<string, unknown>,
    context: CommandContext,
  ): Promise<Outcome> {
    if (result.kind === 'refused') {
      const { code, retry_after } = result;
      throw new Refusal(code, retry_after === undefined ? {} : { retry_after });
    }
    if (result.kind === 'duplicate') {
      const replayed = await this.#replay(handler, params, context);
      if (replayed === null) throw new Refusal('NONCE_REUSED');
      return replayed;
    }
    if (handler.after !== undefined) await this.#after(handler, result.events, params, context);
    return committed(decided, result.events);
  }

  async #after(
    handler: AnyWrite,
    events: readonly LogEvent[],
    params: Record<string, unknown>,
    context: CommandContext,
  ): Promise<void> {
    try {
      await handler.after?.(events, params, this.#services);
    } catch (error) {
      this.#services.logger.error(
        { err: error, trace_id: context.actor.trace, type: events[0]?.type },
        'another role did not hear of a commit',
      );
    }
  }

  /** The first result of this nonce; null if the nonce is new. */
  async #replay(handler: AnyWrite, params: Record<string, unknown>, context: CommandContext): Promise<Outcome | null> {
    const nonce = params.nonce;
    if (typeof nonce !== 'string') return null;
    const { log, world } = this.#services;
    const { value, position } = await log.read({
      found: {
        sql: 'SELECT position FROM events WHERE actor = ? AND nonce = ?',
        params: [context.actor.userId, nonce],
        map: (rows) => (rows[0]?.position as number | undefined) ?? null,
      },
    });
    if (value.found === null) return null;
    const [stored] = await log.events([value.found]);
    const event = stored === undefined ? null : upcast(stored);
    const result = event === null ? null : (handler.replay?.(event, params, world, context.actor) ?? null);
    if (result === null) throw new Refusal('NONCE_REUSED');
    return { json: toJson(result), position };
  }
}

function buckets(make: (rate: RateLimit) => TokenBuckets): Record<LimitName, TokenBuckets> {
  const all = Object.entries(CHAT_RATES).map(([name, rate]) => [name, make(rate)]);
  return Object.fromEntries(all) as Record<LimitName, TokenBuckets>;
}

/** Somebody without a token, where a command lets anyone in. */
export function nobody(trace: string, address: string): Actor {
  return {
    userId: '',
    claims: { iss: '', sub: '', sid: '', username: '', name: '', iat: 0, exp: 0 },
    isAdmin: false,
    trace,
    address: addressKey(address),
  };
}

function committed(decided: Decided<unknown>, events: readonly LogEvent[]): Outcome {
  return { json: toJson(decided.result(events)), position: (events.at(-1) as LogEvent).position };
}

function needsLoad(handler: AnyWrite, params: Record<string, unknown>): boolean {
  return handler.load !== undefined && (handler.needsLoad?.(params) ?? true);
}

function toJson(result: unknown): string | null {
  if (result === null) return null;
  if (typeof result === 'object' && 'raw' in (result as object)) return (result as RawJson).raw;
  return JSON.stringify(result);
}
