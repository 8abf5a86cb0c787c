/** Threads in which nothing was said for as long as they allow are archived (E18). */
import type { Channel } from '@snug/protocol';
import type { Due } from '../../jobs/due.ts';
import { channelScope } from '../../log/envelope.ts';
import type { Services } from '../../services.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

const MINUTE = 60_000;
/** No thread that begins, wakes or is changed is due earlier than this from now. */
const SHORTEST = 60 * MINUTE;

export function threadArchiving({ world, log, now }: Services): Due {
  /** Not later than the first; looking at all of them is for after a run. Undefined: to be worked out. */
  let bound: number | null | undefined;
  return {
    name: 'thread-archiving',
    on: ['CHANNEL_CREATE', 'CHANNEL_UPDATE'],
    next: () => {
      bound = bound === undefined ? earliest(world) : Math.min(bound ?? Number.POSITIVE_INFINITY, now() + SHORTEST);
      return bound;
    },
    run: async (at) => {
      bound = undefined;
      for (const state of active(world)) {
        if (dueAt(state.channel) > at) continue;
        const { id, server_id, parent_id } = state.channel;
        const body = { id, server_id, parent_id, is_archived: true, updated_at: new Date(at).toISOString() };
        const scope = channelScope(id);
        await log.append({
          actor: '',
          at,
          trace: 'job:thread-archiving',
          events: [{ type: 'CHANNEL_UPDATE', scope, subject: id, body }],
          // Somebody changed or deleted it meanwhile: what is left is asked for again.
          guards: [
            { kind: 'authority', keys: [scope, `server:${server_id ?? ''}`], position: world.tail },
            { kind: 'exists', key: 'channel', args: [id], refusal: 'UNKNOWN_CHANNEL' },
          ],
        });
      }
    },
  };
}

function earliest(world: World): number | null {
  let first = Number.POSITIVE_INFINITY;
  for (const { channel } of active(world)) first = Math.min(first, dueAt(channel));
  return first === Number.POSITIVE_INFINITY ? null : first;
}

/** A list, because it is walked over several turns. */
function active(world: World): ChannelState[] {
  const found: ChannelState[] = [];
  for (const server of world.servers.values()) {
    if (server.deletedAt !== null) continue;
    for (const state of server.shown) if (state.parent !== null) found.push(state);
  }
  return found;
}

/** Waking and changing it counts as life, too. */
function dueAt({ last_message_at, updated_at, auto_archive_after }: Channel): number {
  const lastLife = Math.max(Date.parse(updated_at), last_message_at === null ? 0 : Date.parse(last_message_at));
  return lastLife + (auto_archive_after ?? 0) * MINUTE;
}
