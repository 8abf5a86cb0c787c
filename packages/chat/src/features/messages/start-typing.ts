import { type Id, Intent, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { Frame } from '../../delivery/frames.ts';
import type { Services } from '../../services.ts';
import { requireChannel, requireChannelPermission } from '../access.ts';
import { mayMessage } from '../relationships/relationships.queries.ts';

/** Ephemeral: to those who see the channel, except the one who types; nothing from the invisible (E30). */
export const startTyping: HandlerOf<'typing.start'> = {
  limit: 'typing',
  perform: ({ channel_id }, { actor, now }, services) => {
    const { world, typing, presences } = services;
    const channel = requireChannelPermission(world, actor.userId, channel_id, Permission.SEND_MESSAGES);
    if (!mayMessage(world, actor.userId, channel)) throw new Refusal('CANNOT_MESSAGE');
    if (presences.ownStatus(actor.userId) === 'invisible') return null;
    if (typing.starts(actor.userId, channel_id, now)) say(services, 'TYPING_START', actor.userId, channel_id, now);
    return null;
  },
};

/** Nothing was said, nothing is taken back. */
export const stopTyping: HandlerOf<'typing.stop'> = {
  limit: 'typing',
  perform: ({ channel_id }, { actor, now }, services) => {
    const { world, typing, presences } = services;
    requireChannel(world, actor.userId, channel_id);
    const wasSaid = typing.stops(actor.userId, channel_id);
    if (wasSaid && presences.ownStatus(actor.userId) !== 'invisible')
      say(services, 'TYPING_STOP', actor.userId, channel_id, now);
    return null;
  },
};

function say(
  { audience, fanOut }: Services,
  type: 'TYPING_START' | 'TYPING_STOP',
  userId: Id,
  channelId: Id,
  now: number,
): void {
  const body = { user_id: userId, channel_id: channelId, timestamp: new Date(now).toISOString() };
  const own = new Set(audience.of(userId));
  fanOut.toAll(new Frame(type, null, Intent.TYPING, JSON.stringify(body)), audience.viewers(channelId), own);
  fanOut.run();
}
