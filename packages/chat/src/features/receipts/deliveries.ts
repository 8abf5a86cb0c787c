/**
 * What reached whom (E23): sessions confirm how far they got, and of DMs and groups that is recorded. The confirmed
 * cursors themselves are ephemeral; written is only what says something new, at most so often for a person and channel.
 */
import type { Logger } from '@snug/edge';
import type { Id } from '@snug/protocol';
import type { LogEvent } from '../../log/envelope.ts';
import type { Log } from '../../log/log.ts';
import type { World } from '../../world/world.ts';
import { hasReceipts, noReceipt, receiptEffects, receiptQueries } from './receipts.queries.ts';

/** Between two of one person in one channel; the end of their last connection waits for nothing. */
const INTERVAL_MS = 30_000;
/** Channels of one append. */
const SLICE = 50;

/** Somebody who is connected and has confirmed something. */
interface Online {
  /** Their connections, by whatever stands for each. */
  readonly connections: Set<object>;
  confirmed: number;
  /** Channels in which others may have said something that is not recorded as delivered. */
  readonly open: Set<Id>;
  /** When each channel was written last, in ms. */
  readonly writtenAt: Map<Id, number>;
}

export interface Deliverer {
  readonly userId: Id;
}

export class Deliveries {
  readonly #log: Log;
  readonly #world: World;
  readonly #now: () => number;
  readonly #logger: Logger;
  readonly #online = new Map<Id, Online>();
  readonly #writing = new Set<Promise<void>>();
  #isClosed = false;

  constructor(log: Log, world: World, now: () => number, logger: Logger) {
    this.#log = log;
    this.#world = world;
    this.#now = now;
    this.#logger = logger;
  }

  /** A connection has everything up to `position`. */
  confirmed(connection: Deliverer, position: number): void {
    if (this.#isClosed) return;
    const online = this.#online.get(connection.userId) ?? this.#begin(connection.userId);
    online.connections.add(connection);
    if (position <= online.confirmed) return;
    online.confirmed = position;
    const since = this.#now() - INTERVAL_MS;
    this.#write(
      connection.userId,
      online,
      [...online.open].filter((id) => (online.writtenAt.get(id) ?? Number.NEGATIVE_INFINITY) <= since),
    );
  }

  /** A connection is over; with the last one what is left is recorded. */
  left(connection: Deliverer): void {
    const online = this.#online.get(connection.userId);
    if (online === undefined || !online.connections.delete(connection) || online.connections.size > 0) return;
    this.#online.delete(connection.userId);
    this.#write(connection.userId, online, [...online.open]);
  }

  /** After the fold of each event. */
  heard(event: LogEvent): void {
    if (event.type !== 'MESSAGE_CREATE' || this.#online.size === 0) return;
    const state = this.#world.channels.get(event.body.channel_id);
    if (state === undefined || !hasReceipts(state)) return;
    for (const userId of state.recipients) {
      if (userId !== event.body.author_id) this.#online.get(userId)?.open.add(state.channel.id);
    }
  }

  /** Records what is left, before the log closes. */
  async close(): Promise<void> {
    for (const [userId, online] of this.#online) this.#write(userId, online, [...online.open]);
    this.#online.clear();
    this.#isClosed = true;
    await Promise.all(this.#writing);
  }

  /** What was said while nobody looked is not known: every conversation is looked at once. */
  #begin(userId: Id): Online {
    const conversations = [...(this.#world.users.get(userId)?.dms ?? [])];
    const online: Online = {
      connections: new Set(),
      confirmed: 0,
      open: new Set(
        conversations
          .filter((one) => one.deletedAt === null && hasReceipts(one) && one.channel.last_message_id !== null)
          .map((one) => one.channel.id),
      ),
      writtenAt: new Map(),
    };
    this.#online.set(userId, online);
    return online;
  }

  #write(userId: Id, online: Online, channelIds: readonly Id[]): void {
    if (channelIds.length === 0 || online.confirmed === 0) return;
    const now = this.#now();
    for (const id of channelIds) online.open.delete(id);
    const writing = this.#record(userId, online, channelIds, now)
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#logger.error({ err: error, user_id: userId }, 'what was delivered was not recorded');
      })
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async #record(userId: Id, online: Online, channelIds: readonly Id[], now: number): Promise<void> {
    for (let at = 0; at < channelIds.length; at += SLICE) {
      await this.#recordSlice(userId, online, channelIds.slice(at, at + SLICE), now);
    }
  }

  async #recordSlice(userId: Id, online: Online, channelIds: readonly Id[], now: number): Promise<void> {
    const upTo = online.confirmed;
    const { value } = await this.#log.read({
      recorded: receiptQueries.ofUser(userId, channelIds),
      newest: receiptQueries.newestOfOthers(userId, channelIds, upTo),
    });
    const delivered_at = new Date(now).toISOString();
    const changes = value.newest.flatMap(({ channel_id, id, position }) => {
      const stored = value.recorded.get(channel_id);
      if (position <= (stored?.delivered_position ?? 0)) return [];
      const before = stored ?? noReceipt(channel_id, userId);
      const receipt = { ...before, delivered_position: position, delivered_id: id, delivered_at };
      return [{ channel_id, ...receiptEffects(stored, receipt) }];
    });
    for (const id of channelIds) {
      // Said meanwhile, or later than what is confirmed: it is looked at again.
      if ((this.#world.scopeTails.get(`channel:${id}`) ?? 0) > upTo) online.open.add(id);
    }
    for (const { channel_id, events, guards } of changes) {
      const { kind } = await this.#log.append({ actor: userId, at: now, trace: 'deliveries', events, guards });
      if (kind === 'committed') online.writtenAt.set(channel_id, now);
      // They read at the same moment: the next time looks again. Who has left the conversation is refused.
      else if (kind === 'stale') online.open.add(channel_id);
    }
  }
}
