import type { Id } from '@snug/protocol';
import { SnugError } from '../rest/snug-error.ts';
import { applyMessage, applyReferenced } from '../store/apply-page.ts';
import { applyRecount, needsRecount } from '../store/apply-recount.ts';
import { dropChannel } from '../store/fold-channels.ts';
import type { FoldContext } from '../store/fold-context.ts';
import { foldNotification } from '../store/fold-people.ts';
import { learnThread } from '../store/fold-threads.ts';
import { learnUser } from '../store/fold-users.ts';
import type { Wanted } from '../store/ledger.ts';
import type { LiveStore } from '../store/live-store.ts';
import type { Caller } from './caller.ts';

const AT_ONCE = 2;
const PAGE = 100;
const MAX_QUEUED = 200;
const MAX_TRIES = 3;
/** ms between tries, times their number. */
const RETRY_MS = 2_000;

interface Task {
  readonly key: string;
  /** False: what came is older than what is known; try again. */
  readonly run: () => Promise<boolean>;
  tries: number;
}

/**
 * Fetches what events mention and the store does not know: authors, messages replied to, unread counts. A few at a time,
 * bounded, and nothing waits for it.
 */
export class LearnUnknown {
  readonly #caller: Caller;
  readonly #store: LiveStore;
  readonly #onError: (error: unknown) => void;
  readonly #queue: Task[] = [];
  /** Queued or running. */
  readonly #open = new Set<string>();
  /** What the server says is not there. */
  readonly #missing = new Set<string>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #running = 0;

  constructor(caller: Caller, store: LiveStore, onError: (error: unknown) => void) {
    this.#caller = caller;
    this.#store = store;
    this.#onError = onError;
  }

  learn(wanted: Wanted): void {
    for (const userId of wanted.users) this.#add(`user ${userId}`, () => this.#user(userId));
    for (const [messageId, channelId] of wanted.references) {
      this.#add(`message ${messageId}`, () => this.#reference(channelId, messageId));
    }
    for (const [messageId, channelId] of wanted.messages) {
      this.#add(`loaded ${messageId}`, () => this.#message(channelId, messageId));
    }
    for (const channelId of wanted.channels) this.#add(`channel ${channelId}`, () => this.#channel(channelId));
    if (wanted.notifications.size > 0) this.#add('notifications', () => this.#notifications());
    for (const channelId of wanted.recounts) this.#add(`unread ${channelId}`, () => this.#recount(channelId));
  }

  /** Somebody else is signed in, or nobody: what is missing for one may be there for another. */
  forget(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#queue.length = 0;
    this.#open.clear();
    this.#missing.clear();
  }

  #add(key: string, run: Task['run']): void {
    if (this.#open.has(key) || this.#missing.has(key) || this.#queue.length >= MAX_QUEUED) return;
    this.#open.add(key);
    this.#queue.push({ key, run, tries: 0 });
    this.#pump();
  }

  #pump(): void {
    while (this.#running < AT_ONCE) {
      const task = this.#queue.shift();
      if (task === undefined) return;
      this.#running++;
      void this.#run(task).finally(() => {
        this.#running--;
        this.#pump();
      });
    }
  }

  async #run(task: Task): Promise<void> {
    task.tries++;
    const endFetch = this.#store.ledger.log.beginFetch();
    try {
      if (await task.run()) this.#open.delete(task.key);
      else this.#again(task);
    } catch (error) {
      if (!(error instanceof SnugError)) this.#onError(error);
      if (error instanceof SnugError && error.shouldRetry) {
        this.#again(task);
        return;
      }
      this.#open.delete(task.key);
      this.#missing.add(task.key);
    } finally {
      endFetch();
    }
  }

  #again(task: Task): void {
    if (task.tries >= MAX_TRIES) {
      this.#open.delete(task.key);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#queue.push(task);
      this.#pump();
    }, RETRY_MS * task.tries);
    this.#timers.add(timer);
  }

  async #user(userId: Id): Promise<boolean> {
    const { result, position } = await this.#caller.request('user.get', { user_id: userId });
    this.#at(position, (context) => learnUser(context, result));
    return true;
  }

  async #reference(channelId: Id, messageId: Id): Promise<boolean> {
    const params = { channel_id: channelId, message_id: messageId };
    const { result, position } = await this.#caller.request('message.get', params);
    return this.#at(position, (context) => applyReferenced(context, channelId, result));
  }

  async #recount(channelId: Id): Promise<boolean> {
    if (!needsRecount(this.#store, channelId)) return true;
    const { result, position } = await this.#caller.request('read.get', { channel_id: channelId });
    return this.#at(position, (context) => applyRecount(context, channelId, result));
  }

  /** What is set for places that came back into sight. */
  async #notifications(): Promise<boolean> {
    for (let after: Id | undefined; ; ) {
      const params = { limit: PAGE, ...(after !== undefined && { after }) };
      const { result, position } = await this.#caller.request('notification.list', params);
      this.#at(position, (context) => {
        for (const setting of result.items) foldNotification(context, setting);
      });
      if (!result.has_more) return true;
      after = result.items.at(-1)?.target_id;
    }
  }

  /** One that is loaded, as it is now. */
  async #message(channelId: Id, messageId: Id): Promise<boolean> {
    if (!this.#store.getState().messages.get(channelId)?.has(messageId)) return true;
    const params = { channel_id: channelId, message_id: messageId };
    const { result, position } = await this.#caller.request('message.get', params);
    return this.#at(position, (context) => applyMessage(context, result));
  }

  /** A thread that no snapshot showed; one that is not there any more leaves nothing behind. */
  async #channel(channelId: Id): Promise<boolean> {
    try {
      const { result, position } = await this.#caller.request('channel.get', { channel_id: channelId });
      return this.#at(position, (context) => learnThread(context, result));
    } catch (error) {
      if (error instanceof SnugError && error.code === 'UNKNOWN_CHANNEL') this.#forgetChannel(channelId);
      throw error;
    }
  }

  #forgetChannel(channelId: Id): void {
    this.#at(null, (context) => dropChannel(context, channelId));
  }

  #at<T>(position: number | null, fold: (context: FoldContext) => T): T {
    return this.#store.applyAt(position ?? this.#store.getState().cursor, fold);
  }
}
