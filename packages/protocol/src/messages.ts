import { z } from 'zod';
import { Channel } from './channels.ts';
import { defineCommand, Nothing } from './command.ts';
import { IdOrTime, Limit, Nonce, Reason, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { renderHtml } from './markdown/html.ts';
import { User } from './users.ts';

/** Blueprint "Message". */
export const MessageType = z
  .enum(['default', 'reply', 'system_join', 'system_leave', 'channel_pinned'])
  .meta({ id: 'MessageType' });
export type MessageType = z.infer<typeof MessageType>;

export const Attachment = z
  .object({
    id: Id,
    filename: z.string(),
    content_type: z.string(),
    size: z.int().meta({ description: 'Bytes' }),
    url: z.string(),
    width: z.int().optional(),
    height: z.int().optional(),
  })
  .meta({ id: 'Attachment' });

export const Embed = z
  .object({
    type: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    url: z.string().optional(),
    color: z.int().optional(),
    image_url: z.string().optional(),
    video_url: z.string().optional(),
  })
  .meta({ id: 'Embed' });

/** `users` holds at most ten, the first who reacted; `me` is derived by the client (E27). */
export const Reaction = z
  .object({
    emoji: z.string(),
    count: z.int(),
    users: z.array(Id),
    me: z.boolean(),
    super_count: z
      .int()
      .optional()
      .meta({ description: 'How many of them are super reactions; left out where none is' }),
  })
  .meta({ id: 'Reaction' });

export type Reaction = z.infer<typeof Reaction>;

export const Message = z
  .object({
    id: Id,
    channel_id: Id,
    author_id: Id,
    content: z.string(),
    content_html: z
      .string()
      .meta({ description: 'The same text as sanitised HTML; clients of ours render the parsed tree instead' }),
    reply_to_id: Id.optional(),
    thread_id: Id.optional().meta({ description: 'The thread that began from this message' }),
    parent_id: Id.optional().meta({ description: 'Of a message in a thread: the channel it hangs under' }),
    type: MessageType,
    attachments: z.array(Attachment),
    embeds: z.array(Embed),
    mentions: z.array(Id),
    mention_roles: z.array(Id),
    mention_everyone: z.boolean(),
    reactions: z.array(Reaction),
    is_pinned: z.boolean(),
    is_edited: z.boolean(),
    edited_at: Time.nullable(),
    slow_mode_delay: z
      .int()
      .optional()
      .meta({ description: 'Sent in slow mode: seconds until the author may write here again' }),
    nonce: Nonce.optional().meta({ description: "The sender's own name for it (E13)" }),
    origin: z.enum(['import']).optional(),
    created_at: Time,
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

type Said = Pick<Message, 'id' | 'channel_id' | 'author_id' | 'content' | 'type' | 'created_at'>;

/** A message as it begins: nobody has edited, pinned, answered or decorated it yet. */
export function newMessage(said: Said & Partial<Message>): Message {
  const { id, channel_id, author_id, content, content_html = renderHtml(content), type, created_at, ...more } = said;
  return {
    id,
    channel_id,
    author_id,
    content,
    content_html,
    type,
    attachments: [],
    embeds: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    reactions: [],
    is_pinned: false,
    is_edited: false,
    edited_at: null,
    ...more,
    created_at,
  };
}

export const MessagePage = z
  .object({
    items: z.array(Message).meta({ description: 'Newest first' }),
    has_more: z.boolean(),
    has_more_before: z.boolean().optional(),
    has_more_after: z.boolean().optional(),
    users: z.array(User).meta({ description: 'The authors of these messages' }),
    referenced: z.array(Message).meta({ description: 'Messages these reply to, if they still exist' }),
    threads: z.array(Channel).meta({ description: 'Threads that began from these messages' }),
  })
  .meta({ id: 'MessagePage' });
export type MessagePage = z.infer<typeof MessagePage>;

const Content = text(LIMITS.MESSAGE_MAX, 1);
const InChannel = { channel_id: Id };
const OneMessage = { channel_id: Id, message_id: Id };

export const messageCommands = {
  'message.list': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/messages',
    summary: 'A page of messages: the newest, or before, after or around an id or a time',
    params: z.object({
      ...InChannel,
      limit: Limit,
      before: IdOrTime.optional(),
      after: IdOrTime.optional(),
      around: IdOrTime.optional(),
    }),
    result: MessagePage,
    mission: 'Blueprint, Message Pagination',
    refusals: ['UNKNOWN_CHANNEL'],
  }),
  'message.send': defineCommand({
    method: 'POST',
    path: '/channels/{channel_id}/messages',
    summary: 'Send a message (Send Messages)',
    params: z.object({ ...InChannel, content: Content, reply_to_id: Id.optional(), nonce: Nonce.optional() }),
    result: Message,
    status: 201,
    nonce: true,
    mission: 'Blueprint, Channels; Delivery Guarantees',
    refusals: [
      'UNKNOWN_CHANNEL',
      'MISSING_PERMISSION',
      'MESSAGE_EMPTY',
      'UNKNOWN_MESSAGE',
      'NONCE_REUSED',
      'SLOW_MODE',
      'CHANNEL_ARCHIVED',
      'CANNOT_MESSAGE',
      'LIMIT_REACHED',
    ],
  }),
  'message.get': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/messages/{message_id}',
    summary: 'One message',
    params: z.object(OneMessage),
    result: Message,
    mission: 'Blueprint, Channels',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE'],
  }),
  'message.edit': defineCommand({
    method: 'PATCH',
    path: '/channels/{channel_id}/messages/{message_id}',
    summary: 'Edit your own message',
    params: z.object({ ...OneMessage, content: Content }),
    result: Message,
    mission: 'Blueprint, Channels',
    refusals: [
      'UNKNOWN_CHANNEL',
      'UNKNOWN_MESSAGE',
      'NOT_THE_AUTHOR',
      'MISSING_PERMISSION',
      'MESSAGE_EMPTY',
      'CHANNEL_ARCHIVED',
      'CANNOT_MESSAGE',
    ],
  }),
  'message.delete': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/messages/{message_id}',
    summary: 'Delete a message and erase what it said (yours, or Manage Messages)',
    params: z.object({ ...OneMessage, reason: Reason.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Channels; E25',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE', 'MISSING_PERMISSION'],
  }),
  'message.bulk_delete': defineCommand({
    method: 'POST',
    path: '/channels/{channel_id}/messages/bulk_delete',
    summary:
      'Delete several messages and erase what they said (Manage Messages); those that are gone already are left out',
    params: z.object({
      ...InChannel,
      message_ids: z.array(Id).min(1).max(LIMITS.BULK_DELETE),
      reason: Reason.optional(),
    }),
    result: z.object({ deleted: z.array(Id) }),
    mission: 'Blueprint, PermissionManageMessages',
    refusals: ['UNKNOWN_CHANNEL', 'MISSING_PERMISSION'],
  }),
  'typing.stop': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/typing',
    summary: 'Say that you type no more',
    params: z.object(InChannel),
    result: Nothing,
    status: 204,
    mission: 'design_plan, typing.stop',
    refusals: ['UNKNOWN_CHANNEL'],
  }),
  'typing.start': defineCommand({
    method: 'POST',
    path: '/channels/{channel_id}/typing',
    summary: 'Say that you are typing',
    params: z.object(InChannel),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Channels',
    refusals: ['UNKNOWN_CHANNEL', 'MISSING_PERMISSION', 'CANNOT_MESSAGE'],
  }),
};
