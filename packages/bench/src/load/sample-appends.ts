/** Appends as the sends of many people make them, ready before the clock runs. */
import { randomFillSync } from 'node:crypto';
import type { Append } from '@snug/chat';
import { IdClock, type Message, newMessage } from '@snug/protocol';
import { sampleText } from './sample-text.ts';

export interface Cast {
  readonly serverId: string;
  readonly channelIds: readonly string[];
  readonly peopleIds: readonly string[];
}

export class SampleAppends {
  readonly #cast: Cast;
  readonly #ids = new IdClock({ now: Date.now, random: (buffer) => randomFillSync(buffer), node: 1 });
  #made = 0;

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  make(count: number): Append[] {
    return Array.from({ length: count }, () => this.#next());
  }

  #next(): Append {
    const index = this.#made++;
    const { channelIds, peopleIds, serverId } = this.#cast;
    const actor = peopleIds[index % peopleIds.length] as string;
    const channelId = channelIds[(index * 7) % channelIds.length] as string;
    const at = Date.now();
    const body = sampleMessage({ id: this.#ids.next(), channelId, authorId: actor, index, at });
    return {
      actor,
      at,
      trace: `bench-${index}`,
      nonce: body.nonce as string,
      events: [{ type: 'MESSAGE_CREATE', scope: `channel:${channelId}`, subject: body.id, body }],
      guards: [
        {
          kind: 'authority',
          keys: [`channel:${channelId}`, `server:${serverId}`, `member:${serverId}:${actor}`],
          position: Number.MAX_SAFE_INTEGER,
        },
      ],
    };
  }
}

/** A message as `message.send` makes it. */
export function sampleMessage(given: {
  id: string;
  channelId: string;
  authorId: string;
  index: number;
  at: number;
}): Message {
  const content = sampleText(given.index);
  return newMessage({
    id: given.id,
    channel_id: given.channelId,
    author_id: given.authorId,
    content,
    content_html: `<p>${content}</p>`,
    type: 'default',
    nonce: `${given.id.slice(0, 16)}-${given.index}`,
    created_at: new Date(given.at).toISOString(),
  });
}
