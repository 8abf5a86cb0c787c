import { type Id, isRefusalCode } from '@snug/protocol';
import { SnugError } from '../rest/snug-error.ts';
import type { ClientStorage } from '../storage/client-storage.ts';
import type { OutboxEntry } from './outbox-entry.ts';

interface KeptEntry {
  readonly channel_id: Id;
  readonly content: string;
  readonly reply_to_id?: Id;
  readonly created_at: number;
  readonly refused?: { readonly code: string; readonly detail: string | null };
}

/** Outbox entries in storage: one key for each, under their author, so that tabs and accounts stay apart. */
export class OutboxStorage {
  readonly #storage: ClientStorage;
  readonly #prefix: string;

  constructor(storage: ClientStorage, url: string, userId: Id) {
    this.#storage = storage;
    this.#prefix = `snug:${url}:outbox:${userId}:`;
  }

  /** Nonces of what is kept, also by other tabs. */
  async nonces(): Promise<string[]> {
    const keys = await this.#storage.keys(this.#prefix);
    return keys.map((key) => key.slice(this.#prefix.length));
  }

  /** An entry as it was kept: what was on its way waits again, what was refused still is. */
  async read(nonce: string): Promise<OutboxEntry | null> {
    const text = await this.#storage.get(this.#prefix + nonce);
    if (text === null) return null;
    const { refused, ...kept } = JSON.parse(text) as KeptEntry;
    if (refused === undefined) return { nonce, ...kept, state: 'queued' };
    const code = isRefusalCode(refused.code) ? refused.code : 'BAD_ANSWER';
    const error = new SnugError(code, refused.detail === null ? {} : { detail: refused.detail });
    return { nonce, ...kept, state: 'refused', error };
  }

  async write({ nonce, channel_id, content, reply_to_id, created_at, state, error }: OutboxEntry): Promise<void> {
    const kept: KeptEntry = {
      channel_id,
      content,
      created_at,
      ...(reply_to_id !== undefined && { reply_to_id }),
      ...(state === 'refused' && error !== undefined && { refused: { code: error.code, detail: error.detail } }),
    };
    await this.#storage.set(this.#prefix + nonce, JSON.stringify(kept));
  }

  async delete(nonce: string): Promise<void> {
    await this.#storage.delete(this.#prefix + nonce);
  }
}
