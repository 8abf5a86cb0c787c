import { z } from 'zod';
import { Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Status } from './users.ts';

/** Blueprint "Presence & Typing". Ephemeral: none of this enters the log (E30). */
export const Activity = z
  .object({ type: text(32), name: text(128), details: text(128).optional(), state: text(128).optional() })
  .meta({ id: 'Activity' });
export type Activity = z.infer<typeof Activity>;

export const ClientInfo = z
  .object({ desktop: Status.optional(), mobile: Status.optional(), web: Status.optional() })
  .meta({ id: 'ClientInfo' });

export const Presence = z
  .object({
    user_id: Id,
    status: Status,
    custom_status: z.string(),
    activities: z.array(Activity),
    client_info: ClientInfo,
    last_seen_at: Time.nullable(),
  })
  .meta({ id: 'Presence' });
export type Presence = z.infer<typeof Presence>;

/** d of op 3. */
export const PresencePatch = z.object({
  status: Status,
  activities: z.array(Activity).max(5).optional(),
  channel_id: Id.nullable().optional().meta({
    description: 'The room one is active in (devchitchat, PresenceService); told to those who are there, too',
  }),
});
export type PresencePatch = z.infer<typeof PresencePatch>;

/** d of CHANNEL_PRESENCE: who is active in a room, to those who are active in it themselves. At most 100 are named. */
export const ChannelPresence = z
  .object({ channel_id: Id, user_ids: z.array(Id).max(100), count: z.int() })
  .meta({ id: 'ChannelPresence' });
export type ChannelPresence = z.infer<typeof ChannelPresence>;

/** d of TYPING_START and TYPING_STOP. */
export const TypingIndicator = z
  .object({ user_id: Id, channel_id: Id, timestamp: Time })
  .meta({ id: 'TypingIndicator' });
export type TypingIndicator = z.infer<typeof TypingIndicator>;

/** d of op 8: which members of a server the client shows. Answered once, then followed until the next op 8 (E30). */
export const RequestMembers = z.object({
  server_id: Id,
  user_ids: z.array(Id).max(LIMITS.REQUEST_MEMBERS).optional(),
  offset: z.int().min(0).max(1_000_000).optional(),
  limit: z.int().min(1).max(LIMITS.REQUEST_MEMBERS).optional(),
  nonce: z.string().max(LIMITS.NONCE_MAX).optional(),
});
