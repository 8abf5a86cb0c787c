/** Takes back every reaction of somebody: part of the end of an account. */
import type { Id } from '@snug/protocol';
import { channelScope, type Guard, type NewEvent } from '../log/envelope.ts';
import type { Query } from '../log/log.ts';
import type { Services } from '../services.ts';

interface Reaction {
  readonly channel_id: Id;
  readonly message_id: Id;
  readonly emoji: string;
  readonly user_id: Id;
  readonly position: number;
  readonly is_super: number;
}

type Place = Pick<Reaction, 'channel_id' | 'message_id' | 'emoji' | 'user_id'>;

/** Rows one read looks at: reactions have no index on who reacted, it would cost every reaction. */
const PAGE = 5000;
/** Of one append. */
const SLICE = 100;

function after({ channel_id, message_id, emoji, user_id }: Place): Query<Reaction[]> {
  return {
    sql: `SELECT channel_id, message_id, emoji, user_id, position, is_super FROM reactions
          WHERE (channel_id, message_id, emoji, user_id) > (?, ?, ?, ?)
          ORDER BY channel_id, message_id, emoji, user_id LIMIT ${PAGE}`,
    params: [channel_id, message_id, emoji, user_id],
    map: (rows) => rows as unknown as Reaction[],
  };
}

export async function removeReactionsOf(services: Services, userId: Id, isStopped: () => boolean): Promise<void> {
  let place: Place | undefined = { channel_id: '', message_id: '', emoji: '', user_id: '' };
  while (place !== undefined && !isStopped()) {
    const page: Reaction[] = (await services.log.read({ page: after(place) })).value.page;
    const own = page.filter((reaction) => reaction.user_id === userId);
    for (let at = 0; at < own.length && !isStopped(); at += SLICE)
      await remove(services, own.slice(at, at + SLICE), userId);
    place = page.length < PAGE ? undefined : page.at(-1);
    // Reading is synchronous underneath: others come in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** All of them, or one by one where somebody else took one away meanwhile. */
async function remove(services: Services, reactions: readonly Reaction[], userId: Id): Promise<void> {
  const events = reactions.map(({ channel_id, message_id, emoji, is_super }): NewEvent => {
    const body = { channel_id, message_id, user_id: userId, emoji, is_super: is_super === 1 };
    return { type: 'MESSAGE_REACTION_REMOVE', scope: channelScope(channel_id), subject: message_id, body };
  });
  const guards = reactions.map(
    ({ channel_id, message_id, emoji, position }): Guard => ({
      kind: 'unchanged',
      key: 'reaction',
      args: [channel_id, message_id, emoji, userId],
      value: position,
    }),
  );
  const trace = 'job:account-deletion';
  const { kind } = await services.log.append({ actor: userId, at: services.now(), trace, events, guards });
  if (kind === 'stale' && reactions.length > 1) for (const one of reactions) await remove(services, [one], userId);
}
