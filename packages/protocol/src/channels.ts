import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { count, listOf, Nonce, name, Reason, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { PermissionOverride } from './overrides.ts';

/** Blueprint "Channel". */
export const ChannelType = z.enum(['text', 'voice', 'dm', 'group_dm', 'thread']).meta({ id: 'ChannelType' });
export type ChannelType = z.infer<typeof ChannelType>;

export const GroupRoleName = z.enum(['member', 'mod', 'admin', 'owner']).meta({ id: 'GroupRole' });

/** One of the people of a group. */
export const Recipient = z.object({ user_id: Id, role: GroupRoleName, joined_at: Time }).meta({ id: 'Recipient' });
export type Recipient = z.infer<typeof Recipient>;

/** Minutes without a message after which a thread archives itself. */
export const ArchiveAfter = z.preprocess(
  (value) => (typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value),
  z.union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10_080)]),
);

/** Blueprint "Channel". A DM is a channel without a server; `recipient_ids` names its people. */
export const Channel = z
  .object({
    id: Id,
    server_id: Id.optional(),
    category_id: Id.nullable().optional(),
    parent_id: Id.optional().meta({ description: 'Of a thread: the channel it hangs under' }),
    type: ChannelType,
    name: z.string(),
    topic: z.string(),
    position: z.int(),
    is_private: z
      .boolean()
      .meta({ description: 'Only those see it to whom a role or member override gives View Channel' }),
    is_nsfw: z.boolean(),
    is_archived: z.boolean().meta({ description: 'Nobody writes in it; a thread wakes when somebody does' }),
    slow_mode_delay: z.int().meta({ description: 'Seconds' }),
    permission_overrides: z.array(PermissionOverride).optional().meta({ description: 'Of channels of a server' }),
    last_message_id: Id.nullable(),
    last_message_at: Time.nullable(),
    last_pin_at: Time.nullable().optional(),
    recipient_ids: z.array(Id).optional().meta({ description: 'The people of a DM or a group' }),
    recipients: z.array(Recipient).optional().meta({ description: 'The people of a group, with their roles' }),
    visibility: z.enum(['hidden', 'discoverable']).optional().meta({ description: 'Of a group' }),
    owner_id: Id.optional().meta({ description: 'Who made a thread; who owns a group' }),
    message_id: Id.optional().meta({ description: 'The message of the parent that a thread began from' }),
    auto_archive_after: z.int().optional().meta({ description: 'Of a thread: minutes' }),
    message_count: z.int().optional().meta({ description: 'Of a thread: messages in it' }),
    member_count: z.int().optional().meta({ description: 'Of a thread: those who follow it' }),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof Channel>;

const Organised = {
  category_id: Id.nullable().optional(),
  topic: text(LIMITS.CHANNEL_TOPIC_MAX).optional(),
  is_private: z.boolean().optional(),
  is_nsfw: z.boolean().optional(),
  slow_mode_delay: count(0, LIMITS.SLOW_MODE_MAX).optional().meta({ description: 'Seconds' }),
};

/** Blueprint "Channels": also the conversation of design_plan and the room of BarTAB and devchitchat. */
export const channelCommands = {
  'channel.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/channels',
    summary: 'The channels of a server that you can see',
    params: z.object({ server_id: Id }),
    result: listOf(Channel),
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER'],
  }),
  'channel.create': defineCommand({
    method: 'POST',
    path: '/servers/{server_id}/channels',
    summary: 'Create a channel (Manage Channels)',
    params: z.object({
      server_id: Id,
      name: name(LIMITS.CHANNEL_NAME_MAX),
      type: z.enum(['text', 'voice']).optional(),
      ...Organised,
      nonce: Nonce.optional(),
    }),
    result: Channel,
    status: 201,
    nonce: true,
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_CATEGORY', 'MISSING_PERMISSION', 'LIMIT_REACHED', 'NONCE_REUSED'],
  }),
  'channel.get': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}',
    summary: 'One channel, DM, group or thread',
    params: z.object({ channel_id: Id }),
    result: Channel,
    mission: 'Blueprint, Channels',
    refusals: ['UNKNOWN_CHANNEL'],
  }),
  'channel.update': defineCommand({
    method: 'PATCH',
    path: '/channels/{channel_id}',
    summary: 'Change a channel (Manage Channels), a group (its admins) or a thread (its maker, or Manage Messages)',
    params: z.object({
      channel_id: Id,
      name: name(LIMITS.CHANNEL_NAME_MAX).optional(),
      position: count(0, 10_000).optional(),
      ...Organised,
      is_archived: z.boolean().optional(),
      visibility: z.enum(['hidden', 'discoverable']).optional().meta({ description: 'Of a group' }),
      auto_archive_after: ArchiveAfter.optional().meta({ description: 'Of a thread: minutes' }),
      reason: Reason.optional(),
    }),
    result: Channel,
    mission: 'Blueprint, Channels',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_CATEGORY', 'MISSING_PERMISSION', 'WRONG_CHANNEL_TYPE', 'LIMIT_REACHED'],
  }),
  'channel.reorder': defineCommand({
    method: 'PATCH',
    path: '/servers/{server_id}/channels',
    summary: 'Move channels: a new position, and a category, for each (Manage Channels)',
    params: z.object({
      server_id: Id,
      channels: z
        .array(z.object({ channel_id: Id, position: count(0, 10_000), category_id: Id.nullable().optional() }))
        .min(1)
        .max(LIMITS.CHANNELS_PER_SERVER),
    }),
    result: listOf(Channel),
    mission: 'Blueprint, channels',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_CHANNEL', 'UNKNOWN_CATEGORY', 'MISSING_PERMISSION'],
  }),
  'channel.delete': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}',
    summary:
      'Delete a channel and what was said in it (Manage Channels; a thread: Manage Messages; a group: its owner)',
    params: z.object({ channel_id: Id, reason: Reason.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Channels; E17',
    refusals: ['UNKNOWN_CHANNEL', 'MISSING_PERMISSION', 'WRONG_CHANNEL_TYPE'],
  }),
};
