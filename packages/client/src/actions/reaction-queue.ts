import type { Id } from '@snug/protocol';
import type { LiveStore } from '../store/live-store.ts';
import type { ReactionWish } from '../store/state.ts';
import type { Caller } from './caller.ts';

interface Lane {
  wish: ReactionWish;
  running: Promise<void>;
}

/**
 * Reacting, shown at once. What the user wants stands beside what the server says (`State.reactionWishes`), so a refusal
 * only takes it away again, and the echo changes nothing that is seen. Of quick changes of mind the last one is sent.
 */
export class ReactionQueue {
  readonly #caller: Caller;
  readonly #store: LiveStore;
  /** By message and emoji: one request at a time. */
  readonly #lanes = new Map<string, Lane>();

  constructor(caller: Caller, store: LiveStore) {
    this.#caller = caller;
    this.#store = store;
  }

  set(channelId: Id, messageId: Id, wish: ReactionWish): Promise<void> {
    this.#show(messageId, wish);
    const key = `${messageId} ${wish.emoji}`;
    const lane = this.#lanes.get(key);
    if (lane !== undefined) {
      lane.wish = wish;
      return lane.running;
    }
    const opened: Lane = { wish, running: Promise.resolve() };
    this.#lanes.set(key, opened);
    opened.running = this.#run(channelId, messageId, opened).finally(() => {
      if (this.#lanes.get(key) === opened) this.#lanes.delete(key);
      this.#hide(messageId, wish.emoji);
    });
    return opened.running;
  }

  /** Somebody else is signed in, or nobody. */
  forget(): void {
    this.#lanes.clear();
  }

  async #run(channelId: Id, messageId: Id, lane: Lane): Promise<void> {
    for (let said: ReactionWish | null = null; lane.wish !== said; ) {
      said = lane.wish;
      const { emoji, isOn, isSuper } = said;
      const params = { channel_id: channelId, message_id: messageId, emoji };
      if (isOn) await this.#caller.perform('reaction.add', { ...params, ...(isSuper && { is_super: true }) });
      else await this.#caller.perform('reaction.remove', params);
    }
  }

  #show(messageId: Id, wish: ReactionWish): void {
    this.#store.change((draft) => {
      const others = draft.state.reactionWishes.get(messageId)?.filter((one) => one.emoji !== wish.emoji) ?? [];
      draft.put('reactionWishes', messageId, [...others, wish]);
    });
  }

  #hide(messageId: Id, emoji: string): void {
    this.#store.change((draft) => {
      const rest = draft.state.reactionWishes.get(messageId)?.filter((one) => one.emoji !== emoji) ?? [];
      if (rest.length > 0) draft.put('reactionWishes', messageId, rest);
      else draft.remove('reactionWishes', messageId);
    });
  }
}
