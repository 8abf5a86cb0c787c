import type { LiveStore } from '../store/live-store.ts';
import type { OutboxEntry } from './outbox-entry.ts';

/** The entries as the store's state shows them: by channel, oldest first. */
export class EntryList {
  readonly #store: LiveStore;

  constructor(store: LiveStore) {
    this.#store = store;
  }

  find(nonce: string): OutboxEntry | undefined {
    for (const entries of this.#store.getState().outbox.values()) {
      const found = entries.find((entry) => entry.nonce === nonce);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Adds an entry, or shows it as it is now. */
  show(entry: OutboxEntry): void {
    this.#store.change((draft) => {
      const others = (draft.state.outbox.get(entry.channel_id) ?? []).filter((one) => one.nonce !== entry.nonce);
      const entries = [...others, entry].sort((a, b) => a.created_at - b.created_at);
      draft.put('outbox', entry.channel_id, entries);
    });
  }

  hide(entry: OutboxEntry): void {
    this.#store.change((draft) => {
      const rest = (draft.state.outbox.get(entry.channel_id) ?? []).filter((one) => one.nonce !== entry.nonce);
      if (rest.length > 0) draft.put('outbox', entry.channel_id, rest);
      else draft.remove('outbox', entry.channel_id);
    });
  }
}
