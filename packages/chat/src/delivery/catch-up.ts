/**
 * From a cursor to the live end, for every transport. Three phases: hold (live frames wait from position T on), replay
 * (everything the reader may hear in (cursor, T], in pages), go live (what waited follows). Exact, or an explicit
 * reset: never silence (E4, E7, E8, E9).
 */
import { EVENTS, type Id, isEventType, LIMITS, Refusal } from '@snug/protocol';
import { scopeId } from '../log/envelope.ts';
import type { Log } from '../log/log.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import type { Audience } from './audience.ts';
import type { Reader, ResetReason } from './reader.ts';
import type { ReplayCache, Replayed } from './replay-cache.ts';

const PAGE = 500;
const WAIT_FOR_POSITION = 2000;

export interface CatchUpSource {
  readonly log: Log;
  readonly replays: ReplayCache;
  readonly world: World;
  readonly audience: Audience;
  readonly resumeLimit?: number;
}

/** Pauses a replay until the sink has room again; false when it wants no more of it. */
export type Room = () => Promise<boolean>;

/** Brings a reader from `cursor` to the live end. Null: it is live. A reason: it was not added, and needs a snapshot. */
export async function catchUp(
  source: CatchUpSource,
  reader: Reader,
  cursor: number,
  room: Room,
): Promise<ResetReason | null> {
  if (!(await isKnownPosition(source, cursor))) return 'UNKNOWN_POSITION';
  reader.cursor = cursor;
  source.audience.add(reader);
  for (;;) {
    reader.hold();
    const upTo = source.world.tail;
    const reason = await replay(source, reader, upTo, room);
    if (reason !== null) {
      source.audience.delete(reader);
      return reason;
    }
    if (reader.isClosed) source.audience.delete(reader);
    if (reader.isClosed || reader.goLive(upTo)) return null;
  }
}

async function replay(
  { log, replays, world, resumeLimit }: CatchUpSource,
  reader: Reader,
  upTo: number,
  room: Room,
): Promise<ResetReason | null> {
  const limit = resumeLimit ?? LIMITS.RESUME_EVENTS;
  const { userId } = reader;
  const from = reader.cursor;
  if (from < world.visibleSince(userId)) return 'VIEW_CHANGED';
  const scopes = world.scopesOf(userId, from);
  if (scopes.length === 0) return null;
  const positions = await log.positions(scopes, from, upTo, limit + 1);
  if (positions.length > limit) return 'TOO_FAR_BEHIND';
  const isHeard = verdicts(world, userId);
  for (let at = 0; at < positions.length; at += PAGE) {
    const events = await replays.events(positions.slice(at, at + PAGE));
    // The view changed while pages were read: what follows would be judged by another index than what went before.
    if (from < world.visibleSince(userId)) return 'VIEW_CHANGED';
    for (const event of events) {
      const { frame } = event;
      if (frame !== null && (frame.intent & reader.intents) !== 0 && isHeard(event)) reader.replay(frame);
      if (!reader.sink.isFilling) continue;
      if (!(await room())) {
        reader.isClosed = true;
        return null;
      }
      if (from < world.visibleSince(userId)) return 'VIEW_CHANGED';
    }
  }
  return null;
}

/** Verdicts on stored events; those that follow each other mostly have the same scope and type. */
function verdicts(world: World, userId: Id): (event: Replayed) => boolean {
  const known = new Map<string, boolean>();
  let last: Replayed | null = null;
  let verdict = false;
  return (event) => {
    if (last !== null && event.scope === last.scope && event.type === last.type && event.origin === last.origin)
      return verdict;
    last = event;
    const key = `${event.type} ${event.origin ?? ''} ${event.scope}`;
    verdict = known.get(key) ?? hears(world, userId, event);
    known.set(key, verdict);
    return verdict;
  };
}

/** Whether a user hears a stored event, by today's index: exact from `visibleSince` on (E4). */
export function hears(world: World, userId: Id, stored: Pick<Replayed, 'type' | 'scope' | 'origin'>): boolean {
  if (!isEventType(stored.type)) return false;
  if (stored.origin === 'import' && stored.type !== 'HISTORY_CHANGED') return false;
  const { audience } = EVENTS[stored.type];
  const id = scopeId(stored.scope);
  switch (audience.to) {
    case 'none':
      return false;
    case 'subject':
      return id === userId;
    case 'viewers': {
      const channel = world.channels.get(id);
      return channel !== undefined && world.can(userId, channel, 0n);
    }
    case 'members':
    case 'managers': {
      const server = world.servers.get(id);
      if (server === undefined || !world.isIn(userId, server)) return false;
      return audience.to === 'members' || (permissionsIn(userId, server) & audience.bit) === audience.bit;
    }
  }
}

/** Whether the log ever gave out this position. One that this node has not seen yet is waited for (E9). */
async function isKnownPosition({ log, world }: CatchUpSource, position: number): Promise<boolean> {
  if (position <= world.tail) return position === 0 || inEpoch(await log.epochs(), position);
  const { position: head } = await log.read({});
  if (position > head) return false;
  const until = performance.now() + WAIT_FOR_POSITION;
  while (world.tail < position) {
    if (performance.now() > until) throw new Refusal('NODE_BEHIND', { retry_after: 1 });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

function inEpoch(epochs: readonly { first: number; last: number | null }[], position: number): boolean {
  return epochs.some(({ first, last }) => position >= first && (last === null || position <= last));
}
