import type { Id, PresencePatch } from '@snug/protocol';
import type { PresenceChange } from './connection-api.ts';

/** What this client says of its user: said again on every new connection. */
export class OwnPresence {
  #presence: PresenceChange | null = null;
  /** Null: in none; undefined: nothing was ever said of it. */
  #room: Id | null | undefined;

  set(presence: PresenceChange): void {
    this.#presence = presence;
  }

  /** False: it is the one already. */
  enter(channelId: Id | null): boolean {
    if (this.#room === channelId) return false;
    this.#room = channelId;
    return true;
  }

  forget(): void {
    this.#presence = null;
    this.#room = undefined;
  }

  /** Null: nothing was said. */
  get patch(): PresencePatch | null {
    if (this.#presence === null && this.#room === undefined) return null;
    const { status = 'online', activities } = this.#presence ?? {};
    return {
      status,
      ...(activities !== undefined && { activities: [...activities] }),
      ...(this.#room !== undefined && { channel_id: this.#room }),
    };
  }
}
