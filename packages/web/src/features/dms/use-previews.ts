import type { SnugClient } from '@snug/client';
import type { CommandInput, CommandResult, Conversation, Id, Message } from '@snug/protocol';
import { useEffect, useRef, useState } from 'react';
import { loadQuietly } from '../../app/load-quietly.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';

/** What the list shows of the last message of a conversation. */
export interface Preview {
  readonly messageId: Id;
  readonly authorId: Id;
  readonly content: string;
}

type Previews = ReadonlyMap<Id, Preview>;

/** More conversations than anybody scrolls through are asked for when they are opened. */
const MOST_PAGES = 5;
const PAGE = 100;

/** By conversation: its last message, kept true by what is said, edited and deleted. */
export function usePreviews(): Previews {
  const client = useClient();
  const [previews, setPreviews] = useState<Previews>(new Map());
  const latest = useRef(previews);
  latest.current = previews;
  const isReady = useSelect((state) => state.ready && state.connection.status === 'online');
  useEffect(() => {
    if (!isReady) return;
    let isCurrent = true;
    const load = (): Promise<void> =>
      readAll(
        client,
        () => isCurrent,
        (found) => setPreviews((now) => found.reduce(takeLast, new Map(now))),
      );
    const remove = (channelId: Id, ids: readonly Id[]): void => {
      if (!ids.includes(latest.current.get(channelId)?.messageId ?? '')) return;
      setPreviews((now) => without(now, channelId));
      // What stands there now only the server knows.
      loadQuietly(load(), 'conversations were not loaded');
    };
    const ends = [
      client.on('MESSAGE_CREATE', (message) => {
        if (client.store.getState().channels.get(message.channel_id)?.server_id !== undefined) return;
        setPreviews((now) => take(new Map(now), message.channel_id, message));
      }),
      client.on('MESSAGE_UPDATE', ({ id, channel_id, content }) =>
        setPreviews((now) => {
          const old = now.get(channel_id);
          return old?.messageId === id ? new Map(now).set(channel_id, { ...old, content }) : now;
        }),
      ),
      client.on('MESSAGE_DELETE', ({ id, channel_id }) => remove(channel_id, [id])),
      client.on('MESSAGE_DELETE_BULK', ({ ids, channel_id }) => remove(channel_id, ids)),
    ];
    loadQuietly(load(), 'conversations were not loaded');
    return () => {
      isCurrent = false;
      for (const end of ends) end();
    };
  }, [client, isReady]);
  return previews;
}

/** Every conversation with its last message, page by page. */
async function readAll(
  client: SnugClient,
  isCurrent: () => boolean,
  onPage: (found: readonly Conversation[]) => void,
): Promise<void> {
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const params: CommandInput<'conversation.list'> = { limit: PAGE, ...(cursor !== null && { cursor }) };
    const { items, next }: CommandResult<'conversation.list'> = await client.call('conversation.list', params);
    if (!isCurrent()) return;
    onPage(items);
    cursor = next;
    if (cursor === null) return;
  }
}

function takeLast(all: Map<Id, Preview>, { channel, last_message: last }: Conversation): Map<Id, Preview> {
  return last === null ? all : take(all, channel.id, last);
}

/** An older message never takes the place of a newer one. System messages say nothing of their own. */
function take(all: Map<Id, Preview>, channelId: Id, message: Message): Map<Id, Preview> {
  const isSpoken = message.type === 'default' || message.type === 'reply';
  if (!isSpoken || (all.get(channelId)?.messageId ?? '') >= message.id) return all;
  return all.set(channelId, { messageId: message.id, authorId: message.author_id, content: message.content });
}

function without(all: Previews, channelId: Id): Previews {
  const rest = new Map(all);
  rest.delete(channelId);
  return rest;
}
