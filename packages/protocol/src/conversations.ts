import { z } from 'zod';
import { Channel, GroupRoleName, Recipient } from './channels.ts';
import { defineCommand, NoParams, Nothing } from './command.ts';
import { Cursor, count, Limit, listOf, Nonce, name, pagesOf, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { Invite } from './invites.ts';
import { LIMITS } from './limits.ts';
import { Message } from './messages.ts';
import { User } from './users.ts';

/** A line of the conversation list: Fechatter "List Chats", design_plan "Conversations". */
export const Conversation = z
  .object({
    channel: Channel,
    last_message: Message.nullable(),
    unread_count: z.int().meta({ description: 'Exact to 99; 100 means 99+' }),
    mention_count: z.int(),
    users: z.array(User).meta({ description: 'Its people, at most ten' }),
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof Conversation>;

/** Somebody who may not come back into a group. */
export const GroupBan = z.object({ user_id: Id, banned_by: Id, created_at: Time }).meta({ id: 'GroupBan' });

const Title = name(LIMITS.CHANNEL_NAME_MAX, 0);
const OnePerson = { channel_id: Id, user_id: Id };

/** Blueprint "Direct Messages"; design_plan, Fechatter and devchitchat groups. */
export const conversationCommands = {
  'dm.list': defineCommand({
    method: 'GET',
    path: '/users/@me/channels',
    summary: 'Your direct messages and groups',
    params: NoParams,
    result: listOf(Channel),
    mission: 'Blueprint, Direct Messages',
  }),
  'dm.open': defineCommand({
    method: 'POST',
    path: '/users/@me/channels',
    summary: 'Open the DM with somebody, creating it if it is not there',
    params: z.object({ recipient_id: Id }),
    result: Channel,
    mission: 'Blueprint, Direct Messages',
    refusals: ['UNKNOWN_USER', 'LIMIT_REACHED', 'CANNOT_MESSAGE'],
  }),
  'conversation.list': defineCommand({
    method: 'GET',
    path: '/users/@me/conversations',
    summary: 'DMs and groups, the latest first, each with its last message and what is unread',
    params: z.object({ limit: Limit, cursor: Cursor.optional() }),
    result: pagesOf(Conversation),
    mission: 'Fechatter, List Chats; design_plan, Conversations',
  }),
  'group.create': defineCommand({
    method: 'POST',
    path: '/users/@me/groups',
    summary: 'Start a group with some people',
    params: z.object({
      name: Title.optional(),
      topic: text(LIMITS.CHANNEL_TOPIC_MAX).optional(),
      recipient_ids: z.array(Id).max(LIMITS.GROUP_SIZE - 1),
      visibility: z.enum(['hidden', 'discoverable']).optional().meta({ description: 'Default hidden' }),
      nonce: Nonce.optional(),
    }),
    result: Channel,
    status: 201,
    nonce: true,
    mission: 'Fechatter, Create Chat; design_plan, Conversations; devchitchat, rooms',
    refusals: ['UNKNOWN_USER', 'CANNOT_MESSAGE', 'LIMIT_REACHED', 'NONCE_REUSED'],
  }),
  'group.discover': defineCommand({
    method: 'GET',
    path: '/discovery/groups',
    summary: 'Groups that anybody of this instance may join',
    params: z.object({ query: text(LIMITS.CHANNEL_NAME_MAX).optional(), after: Id.optional(), limit: Limit }),
    result: listOf(z.object({ id: Id, name: z.string(), topic: z.string(), member_count: z.int(), created_at: Time })),
    mission: 'devchitchat, rooms: visibility',
  }),
  'group.join': defineCommand({
    method: 'POST',
    path: '/channels/{channel_id}/recipients',
    summary: 'Join a discoverable group',
    params: z.object({ channel_id: Id }),
    result: Channel,
    mission: 'devchitchat, Join/leave rules',
    refusals: ['UNKNOWN_CHANNEL', 'LIMIT_REACHED', 'BANNED'],
  }),
  'group.recipients': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/recipients',
    summary: 'The people of a conversation',
    params: z.object({ channel_id: Id }),
    result: listOf(Recipient.extend({ user: User })),
    mission: 'design_plan, Conversations',
    refusals: ['UNKNOWN_CHANNEL', 'WRONG_CHANNEL_TYPE'],
  }),
  'group.add': defineCommand({
    method: 'PUT',
    path: '/channels/{channel_id}/recipients/{user_id}',
    summary: 'Add somebody to a group',
    params: z.object(OnePerson),
    result: Recipient,
    mission: 'design_plan, Conversations',
    refusals: [
      'UNKNOWN_CHANNEL',
      'UNKNOWN_USER',
      'CANNOT_MESSAGE',
      'WRONG_CHANNEL_TYPE',
      'LIMIT_REACHED',
      'BANNED',
      'MISSING_PERMISSION',
    ],
  }),
  'group.set_role': defineCommand({
    method: 'PATCH',
    path: '/channels/{channel_id}/recipients/{user_id}',
    summary: 'Change the role of somebody you outrank; the owner may hand the group over',
    params: z.object({ ...OnePerson, role: GroupRoleName }),
    result: Recipient,
    mission: 'Fechatter, ChatMemberRole; design_plan, Conversations',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MEMBER', 'MISSING_PERMISSION', 'OUTRANKED', 'WRONG_CHANNEL_TYPE'],
  }),
  'group.remove': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/recipients/{user_id}',
    summary: 'Leave a group (yourself), or remove somebody you outrank',
    params: z.object(OnePerson),
    result: Nothing,
    status: 204,
    mission: 'design_plan, Conversations',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MEMBER', 'MISSING_PERMISSION', 'OUTRANKED', 'WRONG_CHANNEL_TYPE'],
  }),
  'group.ban': defineCommand({
    method: 'PUT',
    path: '/channels/{channel_id}/bans/{user_id}',
    summary: 'Remove somebody from a group for good',
    params: z.object(OnePerson),
    result: Nothing,
    status: 204,
    mission: 'devchitchat, room_members',
    refusals: [
      'UNKNOWN_CHANNEL',
      'UNKNOWN_USER',
      'MISSING_PERMISSION',
      'OUTRANKED',
      'WRONG_CHANNEL_TYPE',
      'LIMIT_REACHED',
    ],
  }),
  'group.unban': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/bans/{user_id}',
    summary: 'Let somebody come back into a group',
    params: z.object(OnePerson),
    result: Nothing,
    status: 204,
    mission: 'devchitchat, room_members',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_BAN', 'MISSING_PERMISSION', 'WRONG_CHANNEL_TYPE'],
  }),
  'group.bans': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/bans',
    summary: 'Who may not come back into a group',
    params: z.object({ channel_id: Id, after: Id.optional(), limit: Limit }),
    result: listOf(GroupBan),
    mission: 'devchitchat, room_members',
    refusals: ['UNKNOWN_CHANNEL', 'MISSING_PERMISSION', 'WRONG_CHANNEL_TYPE'],
  }),
  'group.create_invite': defineCommand({
    method: 'POST',
    path: '/channels/{channel_id}/invites',
    summary: 'Create a link that lets into a group',
    params: z.object({
      channel_id: Id,
      max_uses: count(0, LIMITS.INVITE_MAX_USES).optional().meta({ description: '0 is without end; default 0' }),
      max_age: count(0, LIMITS.INVITE_MAX_AGE)
        .optional()
        .meta({ description: 'Seconds; 0 never expires; default 7 days' }),
    }),
    result: Invite,
    status: 201,
    mission: 'devchitchat, Group invite tokens',
    refusals: ['UNKNOWN_CHANNEL', 'MISSING_PERMISSION', 'LIMIT_REACHED', 'WRONG_CHANNEL_TYPE'],
  }),
  'group.invites': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/invites',
    summary: 'The live links of a group (its admins)',
    params: z.object({ channel_id: Id, after: z.string().max(64).optional(), limit: Limit }),
    result: listOf(Invite),
    mission: 'devchitchat, Group invite tokens',
    refusals: ['UNKNOWN_CHANNEL', 'MISSING_PERMISSION', 'WRONG_CHANNEL_TYPE'],
  }),
};
