/** Who types where: said again at most every five seconds (Blueprint "Presence & Typing"), and over with the message. */
import type { Id } from '@snug/protocol';
import type { LogEvent } from '../log/envelope.ts';

const DEBOUNCE_MS = 5000;
const MAX = 10_000;

export class Typing {
  /** `<user>:<channel>` to when it was last said. */
  readonly #said = new Map<string, number>();

  /** Whether to say it now. @param now ms since 1970 */
  starts(userId: Id, channelId: Id, now: number): boolean {
    const key = `${userId}:${channelId}`;
    const last = this.#said.get(key);
    if (last !== undefined && now - last < DEBOUNCE_MS && now >= last) return false;
    this.#said.delete(key);
    this.#said.set(key, now);
    if (this.#said.size > MAX) this.#said.delete(this.#said.keys().next().value as string);
    return true;
  }

  /** Whether there was anything to end. */
  stops(userId: Id, channelId: Id): boolean {
    return this.#said.delete(`${userId}:${channelId}`);
  }

  /** Whoever has sent what they typed may type anew. */
  heard(event: LogEvent): void {
    if (event.type === 'MESSAGE_CREATE' && this.#said.size > 0) this.stops(event.body.author_id, event.body.channel_id);
  }
}
