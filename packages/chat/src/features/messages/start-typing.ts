import { Intent, Permission } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { Frame } from '../../delivery/frames.ts';
import { requireChannelPermission } from '../access.ts';

/** Ephemeral: to those who see the channel, except the one who types; nothing from the invisible (E30). */
export const startTyping: HandlerOf<'typing.start'> = {
  limit: 'typing',
  perform: ({ channel_id }, { actor, now }, { world, audience, fanOut, presences }) => {
    requireChannelPermission(world, actor.userId, channel_id, Permission.SEND_MESSAGES);
    if (presences.ownStatus(actor.userId) === 'invisible') return null;
    const body = { user_id: actor.userId, channel_id, timestamp: new Date(now).toISOString() };
    const own = new Set(audience.of(actor.userId));
    fanOut.toAll(
      new Frame('TYPING_START', null, Intent.TYPING, JSON.stringify(body)),
      audience.viewers(channel_id),
      own,
    );
    fanOut.run();
    return null;
  },
};
