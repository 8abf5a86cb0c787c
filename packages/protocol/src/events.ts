/**
 * Every event of the log: its body, where it lives, who hears it and what of it can be erased (E1, E2, E25).
 * A type without a row does not compile: `EVENTS` is the only list there is.
 */
import { z } from 'zod';
import { Channel } from './channels.ts';
import { Position, Time } from './fields.ts';
import { Intent } from './frames.ts';
import { Id } from './ids.ts';
import { Invite } from './invites.ts';
import { Member } from './members.ts';
import { Message } from './messages.ts';
import { Permission, type PermissionBits } from './permissions.ts';
import { ReadState } from './reads.ts';
import { Role } from './roles.ts';
import { Server } from './servers.ts';
import { User } from './users.ts';

/** Who hears an event of a scope. The subject of a user event always hears it. */
export type Audience =
  /** Those who can see the channel of the scope. */
  | { readonly to: 'viewers' }
  /** Members of the server of the scope. */
  | { readonly to: 'members' }
  /** Members of the server of the scope who hold the bit. */
  | { readonly to: 'managers'; readonly bit: PermissionBits }
  /** The user of the scope. */
  | { readonly to: 'subject' }
  /** Nobody: it is for the record. */
  | { readonly to: 'none' };

export interface EventSpec<B extends z.ZodType = z.ZodType> {
  readonly body: B;
  /** Version of the body's schema; older bodies are upcast on read (E1). */
  readonly v: number;
  readonly scope: 'server' | 'channel' | 'user' | 'instance';
  readonly audience: Audience;
  /** Whether the audience is taken before the event is folded, after it, or both. */
  readonly when: 'before' | 'after' | 'both';
  readonly intent: number;
  /** Fields of the body that hold what somebody said: blanked by erasure. */
  readonly erasable: readonly string[];
}

const event = <B extends z.ZodType>(
  scope: EventSpec['scope'],
  audience: Audience,
  intent: number,
  body: B,
  more: Partial<Pick<EventSpec, 'v' | 'when' | 'erasable'>> = {},
): EventSpec<B> => ({ body, v: 1, scope, audience, when: 'after', intent, erasable: [], ...more });

const viewers = { to: 'viewers' } as const;
const members = { to: 'members' } as const;
const subject = { to: 'subject' } as const;
const nobody = { to: 'none' } as const;
const inviteManagers = { to: 'managers', bit: Permission.MANAGE_SERVER } as const;

/** A profile as it is at one moment. What a person wrote in it is erased with the account. */
const PROFILE = ['username', 'display_name', 'avatar_url', 'bio', 'custom_status'] as const;

export const MemberUpdate = Member.partial().extend({
  user_id: Id,
  server_id: Id.optional(),
  channel_id: Id.optional().meta({ description: 'Set instead of server_id where the membership is a conversation' }),
  user: User.optional(),
});

export const EVENTS = {
  USER_CREATE: event('user', nobody, Intent.USERS, User, { erasable: PROFILE }),
  USER_UPDATE: event('user', subject, Intent.USERS, User, { erasable: PROFILE }),

  SERVER_CREATE: event('server', members, Intent.SERVERS, Server),
  SERVER_UPDATE: event('server', members, Intent.SERVERS, Server.partial().extend({ id: Id })),
  SERVER_DELETE: event('server', members, Intent.SERVERS, z.object({ id: Id, deleted_at: Time }), { when: 'before' }),

  ROLE_CREATE: event('server', members, Intent.SERVERS, Role),
  ROLE_UPDATE: event('server', members, Intent.SERVERS, Role.partial().extend({ id: Id, server_id: Id })),

  CHANNEL_CREATE: event('channel', viewers, Intent.SERVERS, Channel),
  CHANNEL_UPDATE: event('channel', viewers, Intent.SERVERS, Channel.partial().extend({ id: Id })),
  CHANNEL_DELETE: event(
    'channel',
    viewers,
    Intent.SERVERS,
    z.object({ id: Id, server_id: Id.optional(), deleted_at: Time }),
    {
      when: 'before',
    },
  ),

  /** `via` is how they came: `founding` and `import` change nobody's view of what existed (E4). */
  MEMBER_ADD: event(
    'server',
    members,
    Intent.MEMBERS,
    Member.extend({ user: User, via: z.enum(['founding', 'invite', 'import']) }),
  ),
  MEMBER_UPDATE: event('server', members, Intent.MEMBERS, MemberUpdate),
  /** The same fact in a conversation: the profile of one of its people changed. */
  RECIPIENT_UPDATE: event('channel', viewers, Intent.MEMBERS, MemberUpdate),
  MEMBER_REMOVE: event('server', members, Intent.MEMBERS, z.object({ user_id: Id, server_id: Id, removed_by: Id }), {
    when: 'both',
  }),

  INVITE_CREATE: event('server', inviteManagers, Intent.SERVERS, Invite),
  INVITE_USE: event(
    'server',
    inviteManagers,
    Intent.SERVERS,
    z.object({ code: z.string(), server_id: Id, used_by: Id }),
  ),
  INVITE_DELETE: event('server', inviteManagers, Intent.SERVERS, z.object({ code: z.string(), server_id: Id })),

  MESSAGE_CREATE: event('channel', viewers, Intent.MESSAGES, Message, {
    erasable: ['content', 'content_html', 'attachments', 'embeds', 'mentions', 'mention_roles', 'nonce'],
  }),
  MESSAGE_UPDATE: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    Message.pick({
      id: true,
      channel_id: true,
      content: true,
      content_html: true,
      is_edited: true,
      edited_at: true,
      mentions: true,
      mention_roles: true,
      mention_everyone: true,
    }),
    { erasable: ['content', 'content_html', 'mentions', 'mention_roles'] },
  ),
  MESSAGE_DELETE: event('channel', viewers, Intent.MESSAGES, z.object({ id: Id, channel_id: Id })),

  READ_STATE_UPDATE: event('user', subject, Intent.READS, ReadState),

  /** An import touched this channel: windows of it are stale (E24). */
  HISTORY_CHANGED: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    z.object({
      channel_id: Id,
      last_message_id: Id.optional().meta({ description: 'Given if the import brought the newest message' }),
      last_message_at: Time.optional(),
    }),
  ),
  /** At most 1,000 messages of a deleted channel were erased (E17). */
  PURGE: event('channel', nobody, 0, z.object({ channel_id: Id, after: Position, up_to: Position, count: z.int() })),
} as const satisfies Record<string, EventSpec>;

export type EventType = keyof typeof EVENTS;
export type EventBody<T extends EventType> = z.infer<(typeof EVENTS)[T]['body']>;

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type);
}

/** Dispatches that never enter the log (E30): gateway `t`s without an `s`. */
export const EPHEMERAL_TYPES = ['TYPING_START', 'PRESENCE_UPDATE', 'SERVER_MEMBERS_CHUNK'] as const;
export type EphemeralType = (typeof EPHEMERAL_TYPES)[number];
