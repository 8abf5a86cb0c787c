/**
 * Every event of the log: its body, where it lives, who hears it and what of it can be erased (E1, E2, E25).
 * A type without a row does not compile: `EVENTS` is the only list there is.
 */
import { z } from 'zod';
import { Category } from './categories.ts';
import { Channel, Recipient } from './channels.ts';
import { type EventSpec, event, managers, members, nobody, subject, viewers } from './event-spec.ts';
import { Position, Time } from './fields.ts';
import { Intent } from './frames.ts';
import { Id } from './ids.ts';
import { Invite } from './invites.ts';
import { Ban, Member, MemberUpdate } from './members.ts';
import { Message } from './messages.ts';
import { NotificationSetting } from './notifications.ts';
import { Permission } from './permissions.ts';
import { ReadState, Receipt } from './reads.ts';
import { RelationshipType } from './relationships.ts';
import { Report } from './reports.ts';
import { Role } from './roles.ts';
import { Server } from './servers.ts';
import { ThreadMember } from './threads.ts';
import { User, UserSettings } from './users.ts';

export type { Audience, EventSpec } from './event-spec.ts';

/** A profile as it is at one moment. What a person wrote in it is erased with the account. */
const PROFILE = ['username', 'display_name', 'avatar_url', 'bio', 'custom_status'] as const;
/** The same within a place (RFD 0004); in a server with the name somebody has there. */
const PROFILE_WITHIN = PROFILE.map((field) => `user.${field}`);
const MEMBERSHIP = [...PROFILE_WITHIN, 'nickname'];

export const EVENTS = {
  USER_CREATE: event('user', nobody, Intent.USERS, User, { erasable: PROFILE }),
  USER_UPDATE: event('user', subject, Intent.USERS, User, { erasable: PROFILE }),

  /** The account is gone (E25): what becomes of what they said. Places hear of it by MEMBER_REMOVE and the like. */
  USER_DELETE: event('user', nobody, 0, z.object({ id: Id, messages: z.enum(['keep', 'anonymise', 'erase']) })),
  /** Nothing is left to do for it: the job is over. */
  USER_DELETE_DONE: event('user', nobody, 0, z.object({ id: Id })),
  USER_SETTINGS_UPDATE: event('user', subject, Intent.USERS, UserSettings),
  /** `type` null: nothing between the two any more. */
  RELATIONSHIP_UPDATE: event(
    'user',
    subject,
    Intent.USERS,
    z.object({ user_id: Id, type: RelationshipType.nullable(), since: Time }),
  ),
  NOTIFICATION_UPDATE: event('user', subject, Intent.USERS, NotificationSetting),

  SERVER_CREATE: event('server', members, Intent.SERVERS, Server, { v: 2 }),
  SERVER_UPDATE: event('server', members, Intent.SERVERS, Server.partial().extend({ id: Id })),
  SERVER_DELETE: event('server', members, Intent.SERVERS, z.object({ id: Id, deleted_at: Time }), { when: 'before' }),

  ROLE_CREATE: event('server', members, Intent.SERVERS, Role),
  /** `is_shifted`: it only made room for a new role below it. */
  ROLE_UPDATE: event(
    'server',
    members,
    Intent.SERVERS,
    Role.partial().extend({ id: Id, server_id: Id, is_shifted: z.literal(true).optional() }),
  ),

  ROLE_DELETE: event('server', members, Intent.SERVERS, z.object({ id: Id, server_id: Id })),

  CATEGORY_CREATE: event('server', members, Intent.SERVERS, Category),
  CATEGORY_UPDATE: event('server', members, Intent.SERVERS, Category.partial().extend({ id: Id, server_id: Id })),
  /** Its channels stay, without a category. */
  CATEGORY_DELETE: event('server', members, Intent.SERVERS, z.object({ id: Id, server_id: Id })),

  CHANNEL_CREATE: event('channel', viewers, Intent.SERVERS, Channel, { v: 2 }),
  CHANNEL_UPDATE: event('channel', viewers, Intent.SERVERS, Channel.partial().extend({ id: Id })),
  CHANNEL_DELETE: event(
    'channel',
    viewers,
    Intent.SERVERS,
    z.object({
      id: Id,
      server_id: Id.optional(),
      parent_id: Id.optional().meta({ description: 'Of a thread' }),
      owner_id: Id.optional().meta({ description: 'Of a thread: who made it' }),
      deleted_at: Time,
    }),
    { when: 'before' },
  ),

  /** `via` is how they came: `founding` and `import` change nobody's view of what existed (E4). */
  MEMBER_ADD: event(
    'server',
    members,
    Intent.MEMBERS,
    Member.extend({ user: User, via: z.enum(['founding', 'invite', 'public', 'import']) }),
    { v: 2, erasable: MEMBERSHIP },
  ),
  MEMBER_UPDATE: event('server', members, Intent.MEMBERS, MemberUpdate, { erasable: MEMBERSHIP }),
  MEMBER_REMOVE: event(
    'server',
    members,
    Intent.MEMBERS,
    z.object({ user_id: Id, server_id: Id, removed_by: Id, is_banned: z.literal(true).optional() }),
    { when: 'both' },
  ),

  /** `delete_message_seconds` is given where what they said lately goes too: an AUTHOR_PURGE stands behind it. */
  BAN_ADD: event(
    'server',
    managers(Permission.BAN_MEMBERS),
    Intent.MEMBERS,
    Ban.omit({ user: true }).extend({ delete_message_seconds: z.int().optional() }),
    { erasable: ['reason'] },
  ),
  BAN_REMOVE: event(
    'server',
    managers(Permission.BAN_MEMBERS),
    Intent.MEMBERS,
    z.object({ server_id: Id, user_id: Id }),
  ),
  /** Why the event at the next position was done; the audit log shows it there. */
  AUDIT_NOTE: event('server', nobody, 0, z.object({ server_id: Id, reason: z.string() }), { erasable: ['reason'] }),

  /** Somebody came into a group: they see it, with its history, from here on. */
  RECIPIENT_ADD: event(
    'channel',
    viewers,
    Intent.MEMBERS,
    Recipient.extend({ channel_id: Id, added_by: Id, user: User }),
    { erasable: PROFILE_WITHIN },
  ),
  /** Of a DM or group: the profile of one of its people changed, or their role. */
  RECIPIENT_UPDATE: event(
    'channel',
    viewers,
    Intent.MEMBERS,
    z.object({ channel_id: Id, user_id: Id, role: Recipient.shape.role.optional(), user: User.optional() }),
    { erasable: PROFILE_WITHIN },
  ),
  RECIPIENT_REMOVE: event(
    'channel',
    viewers,
    Intent.MEMBERS,
    z.object({ channel_id: Id, user_id: Id, removed_by: Id, is_banned: z.boolean() }),
    { when: 'both' },
  ),
  RECIPIENT_UNBAN: event('channel', nobody, 0, z.object({ channel_id: Id, user_id: Id })),
  GROUP_INVITE_CREATE: event('channel', nobody, 0, Invite),
  GROUP_INVITE_USE: event('channel', nobody, 0, z.object({ code: z.string(), channel_id: Id, used_by: Id })),
  GROUP_INVITE_DELETE: event('channel', nobody, 0, z.object({ code: z.string(), channel_id: Id })),

  THREAD_MEMBER_ADD: event('channel', viewers, Intent.MEMBERS, ThreadMember),
  THREAD_MEMBER_REMOVE: event('channel', viewers, Intent.MEMBERS, z.object({ channel_id: Id, user_id: Id })),

  INVITE_CREATE: event('server', managers(Permission.MANAGE_SERVER), Intent.SERVERS, Invite),
  INVITE_USE: event(
    'server',
    managers(Permission.MANAGE_SERVER),
    Intent.SERVERS,
    z.object({ code: z.string(), server_id: Id, used_by: Id }),
  ),
  INVITE_DELETE: event(
    'server',
    managers(Permission.MANAGE_SERVER),
    Intent.SERVERS,
    z.object({ code: z.string(), server_id: Id }),
  ),

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
  /** `server_id` and `author_id` are given where somebody else than the author deleted it. */
  MESSAGE_DELETE: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    z.object({
      id: Id,
      channel_id: Id,
      parent_id: Id.optional(),
      server_id: Id.optional(),
      author_id: Id.optional(),
    }),
  ),
  /** Several at once, at most 1,000: by a moderator, with a ban, or with an account (E17). */
  MESSAGE_DELETE_BULK: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    z.object({
      channel_id: Id,
      ids: z.array(Id).max(1000),
      parent_id: Id.optional(),
      server_id: Id.optional(),
      cause: z.enum(['moderator', 'ban', 'account']),
    }),
  ),
  MESSAGE_REACTION_ADD: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    z.object({
      channel_id: Id,
      message_id: Id,
      user_id: Id,
      emoji: z.string(),
      is_super: z.boolean(),
      created_at: Time,
    }),
  ),
  MESSAGE_REACTION_REMOVE: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    z.object({ channel_id: Id, message_id: Id, user_id: Id, emoji: z.string(), is_super: z.boolean() }),
  ),
  /** All reactions of a message are gone, or all of one emoji. */
  MESSAGE_REACTION_CLEAR: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    z.object({ channel_id: Id, message_id: Id, emoji: z.string().nullable(), server_id: Id.optional() }),
  ),
  MESSAGE_PIN: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    z.object({ channel_id: Id, message_id: Id, pinned_by: Id, pinned_at: Time, server_id: Id.optional() }),
  ),
  MESSAGE_UNPIN: event(
    'channel',
    viewers,
    Intent.MESSAGES,
    z.object({ channel_id: Id, message_id: Id, server_id: Id.optional() }),
  ),

  READ_STATE_UPDATE: event('user', subject, Intent.READS, ReadState),
  /** Only in DMs and groups (E23). */
  RECEIPT_UPDATE: event('channel', viewers, Intent.READS, Receipt),

  REPORT_CREATE: event('instance', nobody, 0, Report, { erasable: ['reason', 'evidence'] }),
  REPORT_UPDATE: event(
    'instance',
    nobody,
    0,
    Report.pick({ id: true, status: true, note: true, resolved_by: true, resolved_at: true }).partial({ note: true }),
    { erasable: ['note'] },
  ),

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
  /** At most 1,000 messages of deleted channels were erased and their rows removed (E17): their ids, by channel. */
  PURGE: event('channel', nobody, 0, z.object({ channels: z.record(Id, z.array(Id)), count: z.int() }), { v: 2 }),
  /** What somebody said before this position is to be erased, in a server or everywhere: MESSAGE_DELETE_BULK follow (E17). */
  AUTHOR_PURGE: event(
    'user',
    nobody,
    0,
    z.object({
      author_id: Id,
      server_id: Id.nullable(),
      since: Time.nullable(),
      cause: z.enum(['ban', 'account']),
    }),
  ),
  AUTHOR_PURGE_DONE: event('user', nobody, 0, z.object({ author_id: Id, purge: Position })),
} as const satisfies Record<string, EventSpec>;

export type EventType = keyof typeof EVENTS;
export type EventBody<T extends EventType> = z.infer<(typeof EVENTS)[T]['body']>;

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type);
}
