import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { count, listOf, Nonce, name, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';

/** Blueprint "Channel". */
export const ChannelType = z.enum(['text', 'voice', 'dm', 'group_dm', 'thread']).meta({ id: 'ChannelType' });
export type ChannelType = z.infer<typeof ChannelType>;

/** Blueprint "Category". */
export const Category = z
  .object({ id: Id, server_id: Id, name: z.string(), position: z.int(), created_at: Time })
  .meta({ id: 'Category' });
export type Category = z.infer<typeof Category>;

/** Blueprint "Channel". A DM is a channel without a server; `recipient_ids` names its people. */
export const Channel = z
  .object({
    id: Id,
    server_id: Id.optional(),
    category_id: Id.optional(),
    type: ChannelType,
    name: z.string(),
    topic: z.string(),
    position: z.int(),
    is_private: z.boolean(),
    slow_mode_delay: z.int().meta({ description: 'Seconds' }),
    last_message_id: Id.nullable(),
    last_message_at: Time.nullable(),
    recipient_ids: z.array(Id).optional(),
    created_at: Time,
    updated_at: Time,
  })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof Channel>;

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
      type: z.enum(['text']).optional(),
      topic: text(LIMITS.CHANNEL_TOPIC_MAX).optional(),
      nonce: Nonce.optional(),
    }),
    result: Channel,
    status: 201,
    nonce: true,
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER', 'MISSING_PERMISSION', 'LIMIT_REACHED', 'NONCE_REUSED'],
  }),
  'channel.get': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}',
    summary: 'One channel',
    params: z.object({ channel_id: Id }),
    result: Channel,
    mission: 'Blueprint, Channels',
    refusals: ['UNKNOWN_CHANNEL'],
  }),
  'channel.update': defineCommand({
    method: 'PATCH',
    path: '/channels/{channel_id}',
    summary: 'Change name, topic or position (Manage Channels)',
    params: z.object({
      channel_id: Id,
      name: name(LIMITS.CHANNEL_NAME_MAX).optional(),
      topic: text(LIMITS.CHANNEL_TOPIC_MAX).optional(),
      position: count(0, 10_000).optional(),
    }),
    result: Channel,
    mission: 'Blueprint, Channels',
    refusals: ['UNKNOWN_CHANNEL', 'MISSING_PERMISSION', 'WRONG_CHANNEL_TYPE'],
  }),
  'channel.delete': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}',
    summary: 'Delete a channel and what was said in it (Manage Channels)',
    params: z.object({ channel_id: Id }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Channels; E17',
    refusals: ['UNKNOWN_CHANNEL', 'MISSING_PERMISSION', 'WRONG_CHANNEL_TYPE'],
  }),
};

/** Blueprint "Direct Messages". */
export const dmCommands = {
  'dm.list': defineCommand({
    method: 'GET',
    path: '/users/@me/channels',
    summary: 'Your direct messages',
    params: z.object({}),
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
    refusals: ['UNKNOWN_USER', 'LIMIT_REACHED'],
  }),
};
