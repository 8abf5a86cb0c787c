import type { Id } from '@snug/protocol';
import { SnugError } from '../rest/snug-error.ts';
import { foldReadState } from '../store/fold-reads.ts';
import type { LiveStore } from '../store/live-store.ts';
import { showUnread } from '../store/show-unread.ts';
import type { Caller } from './caller.ts';

/** At most one ack per channel in this time, in ms (READ7). */
const ACK_INTERVAL = 3_000;

interface Waiting {
  /** The newest message that is read and not yet said; null when all is said. */
  next: Id | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Says what was read: at once, then at most every three seconds, the newest. */
export class AckQueue {
  readonly #caller: Caller;
  readonly #store: LiveStore;
  readonly #onError: (error: unknown) => void;
  readonly #channels = new Map<Id, Waiting>();

  constructor(caller: Caller, store: LiveStore, onError: (error: unknown) => void) {
    this.#caller = caller;
    this.#store = store;
    this.#onError = onError;
  }

  ack(channelId: Id, messageId: Id): void {
    const lastReadId = this.#store.getState().reads.get(channelId)?.lastReadId ?? null;
    if (lastReadId !== null && lastReadId >= messageId) return;
    this.#expect(channelId, messageId);
    const waiting = this.#channels.get(channelId) ?? { next: null, timer: undefined };
    this.#channels.set(channelId, waiting);
    if (waiting.next === null || messageId > waiting.next) waiting.next = messageId;
    if (waiting.timer === undefined) void this.#send(channelId, waiting);
  }

  /** Everything that is held back, at once. */
  async flush(): Promise<void> {
    await Promise.all([...this.#channels].map(([channelId, waiting]) => this.#send(channelId, waiting)));
  }

  async markUnread(channelId: Id, messageId: Id): Promise<void> {
    this.#drop(channelId);
    await this.#run(channelId, 'read.mark_unread', messageId);
  }

  /** Everything is read: everywhere, or in one server. */
  async markAll(serverId: Id | null): Promise<void> {
    const channels = this.#store.getState().channels;
    for (const channelId of [...this.#channels.keys()]) {
      if (serverId === null || channels.get(channelId)?.server_id === serverId) this.#drop(channelId);
    }
    const params = serverId === null ? {} : { server_id: serverId };
    // Each answer is a page of what was marked; at the end there is nothing left to mark.
    for (let hasMore = true; hasMore; ) {
      const { result, position } = await this.#caller.request('read.mark_all', params);
      hasMore = result.has_more && result.items.length > 0;
      this.#store.applyAt(position ?? this.#store.getState().cursor, (context) => {
        for (const state of result.items) foldReadState(context, state);
      });
    }
  }

  close(): void {
    for (const channelId of [...this.#channels.keys()]) this.#drop(channelId);
  }

  #drop(channelId: Id): void {
    clearTimeout(this.#channels.get(channelId)?.timer);
    this.#channels.delete(channelId);
  }

  async #send(channelId: Id, waiting: Waiting): Promise<void> {
    clearTimeout(waiting.timer);
    const messageId = waiting.next;
    if (messageId === null) {
      this.#channels.delete(channelId);
      return;
    }
    waiting.next = null;
    waiting.timer = setTimeout(() => void this.#send(channelId, waiting), ACK_INTERVAL);
    try {
      await this.#run(channelId, 'read.ack', messageId);
    } catch (error) {
      if (!(error instanceof SnugError)) this.#onError(error);
      else if (error.shouldRetry) waiting.next ??= messageId;
      // Gone meanwhile, or out of sight: the count is asked for again.
      else this.#doubt(channelId);
    }
  }

  async #run(channelId: Id, command: 'read.ack' | 'read.mark_unread', messageId: Id): Promise<void> {
    const endFetch = this.#store.ledger.log.beginFetch();
    try {
      const params = { channel_id: channelId, message_id: messageId };
      const { result, position } = await this.#caller.request(command, params);
      const at = position ?? this.#store.getState().cursor;
      this.#store.applyAt(at, (context) => foldReadState(context, result));
    } finally {
      endFetch();
    }
  }

  /** Shows it as read before the server has said so. */
  #expect(channelId: Id, messageId: Id): void {
    const { channels, cursor } = this.#store.getState();
    const isAll = messageId >= (channels.get(channelId)?.last_message_id ?? '');
    this.#store.applyAt(cursor, (context) => {
      context.ledger.unread.get(channelId)?.expect(messageId, isAll);
      showUnread(context, channelId);
    });
  }

  #doubt(channelId: Id): void {
    this.#store.applyAt(this.#store.getState().cursor, (context) => {
      context.ledger.unread.get(channelId)?.doubt();
      showUnread(context, channelId);
    });
  }
}
