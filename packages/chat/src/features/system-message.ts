import { type Id, type IdClock, newMessage } from '@snug/protocol';
import { channelScope, type Guard, type NewEvent } from '../log/envelope.ts';
import type { ServerState } from '../world/state.ts';
import type { World } from '../world/world.ts';

interface Said {
  readonly events: readonly NewEvent[];
  readonly guards: readonly Guard[];
}

const NOTHING: Said = { events: [], guards: [] };

/** What a server says of comings and goings, in the append of the act; nothing without a channel that all may read. */
export function systemMessage(
  { world, ids, now }: { readonly world: World; readonly ids: IdClock; readonly now: number },
  server: ServerState,
  type: 'system_join' | 'system_leave',
  userId: Id,
): Said {
  const channel = server.systemChannelId === null ? undefined : world.channel(server.systemChannelId)?.channel;
  if (channel === undefined || channel.is_private || channel.is_archived) return NOTHING;
  const scope = channelScope(channel.id);
  const created_at = new Date(now).toISOString();
  const body = newMessage({ id: ids.next(), channel_id: channel.id, author_id: userId, content: '', type, created_at });
  return {
    events: [{ type: 'MESSAGE_CREATE', scope, subject: body.id, body }],
    // Nothing is said in a channel that was deleted a moment ago: its purge is over.
    guards: [{ kind: 'authority', keys: [scope, `server:${server.id}`], position: world.tail }],
  };
}
