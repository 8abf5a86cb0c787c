import { z } from 'zod';
import { defineCommand } from './command.ts';
import { Cursor, Flag, Limit, listOf, Position, pagesOf, Time } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Message } from './messages.ts';
import { User } from './users.ts';

/** Blueprint "Read State & Delivery", with what E22 adds. */
export const ReadState = z
  .object({
    user_id: Id,
    channel_id: Id,
    last_read_id: Id.nullable().meta({ description: 'Draws the new-messages line, nothing else' }),
    read_position: Position.meta({ description: 'Everything at or below is read' }),
    mention_count: z.int().meta({ description: 'In READY, as unread_count' }),
    unread_count: z
      .int()
      .meta({ description: 'In READY: exact to 99, and 100 means 99+. Elsewhere 0, for there the client counts' }),
    last_pin_timestamp: Time.nullable(),
  })
  .meta({ id: 'ReadState' });
export type ReadState = z.infer<typeof ReadState>;

/** How far somebody got in a DM or a group (E23; Blueprint "Delivery States"). Moves forward only. */
export const Receipt = z
  .object({
    channel_id: Id,
    user_id: Id,
    delivered_position: Position.meta({ description: 'Everything at or below reached one of their clients' }),
    delivered_id: Id.nullable().meta({ description: 'The newest message at or below it: clients compare ids' }),
    delivered_at: Time.nullable(),
    read_position: Position.meta({ description: 'Everything at or below was read; 0 where they do not tell' }),
    read_id: Id.nullable().meta({ description: 'The newest message that was read; null where they do not tell' }),
    read_at: Time.nullable(),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof Receipt>;

/** Blueprint "MessageAck", derived from the watermarks: the times are when the watermark was last seen to pass it. */
export const MessageAck = z
  .object({ message_id: Id, user_id: Id, delivered_at: Time, read_at: Time.nullable() })
  .meta({ id: 'MessageAck' });
export type MessageAck = z.infer<typeof MessageAck>;

export const receiptCommands = {
  'receipt.list': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/receipts',
    summary: 'How far the people of a DM or group got',
    params: z.object({ channel_id: Id }),
    result: listOf(Receipt),
    mission: 'Blueprint, Delivery States; E23',
    refusals: ['UNKNOWN_CHANNEL', 'WRONG_CHANNEL_TYPE'],
  }),
  'receipt.of_message': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/messages/{message_id}/receipts',
    summary: 'Whom a message of a DM or group reached, and who read it',
    params: z.object({ channel_id: Id, message_id: Id }),
    result: listOf(MessageAck),
    mission: 'Blueprint, MessageAck; design_plan, message_receipts',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE', 'WRONG_CHANNEL_TYPE'],
  }),
};

/** The inbox: messages that mention you and that you have not read (Blueprint "mentions"). */
export const mentionCommands = {
  'mention.list': defineCommand({
    method: 'GET',
    path: '/users/@me/mentions',
    summary: 'Messages that mention you, the latest first: those not read yet, or all',
    params: z.object({
      all: Flag.optional().meta({ description: 'Those that are read, too' }),
      cursor: Cursor.optional(),
      limit: Limit,
    }),
    result: pagesOf(Message).extend({ users: z.array(User) }),
    mission: 'Blueprint, notifications',
  }),
};

export const readCommands = {
  'read.get': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/read',
    summary: 'Where your reading stands in one channel, counted as in READY; of a thread also whether you follow it',
    params: z.object({ channel_id: Id }),
    result: ReadState.extend({
      is_followed: z.boolean().optional().meta({ description: 'Of a thread: only one that is followed counts' }),
    }),
    mission: 'Blueprint, Read State; E22, E29',
    refusals: ['UNKNOWN_CHANNEL'],
  }),
  'read.ack': defineCommand({
    method: 'POST',
    path: '/channels/{channel_id}/messages/{message_id}/ack',
    summary: 'Everything up to this message is read',
    params: z.object({ channel_id: Id, message_id: Id }),
    result: ReadState,
    mission: 'Blueprint, Read Receipts',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE'],
  }),
  'read.mark_unread': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/messages/{message_id}/ack',
    summary: 'This message and what follows is unread',
    params: z.object({ channel_id: Id, message_id: Id }),
    result: ReadState,
    mission: 'E22',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE'],
  }),
  'read.ack_all': defineCommand({
    method: 'POST',
    path: '/users/@me/acks',
    summary: 'Acknowledge several channels at once',
    params: z.object({
      acks: z
        .array(z.object({ channel_id: Id, message_id: Id }))
        .min(1)
        .max(LIMITS.BATCH_ACK),
    }),
    result: z.object({ items: z.array(ReadState) }),
    mission: 'Blueprint, Batch ack on scroll',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE'],
  }),
  'read.mark_all': defineCommand({
    method: 'POST',
    path: '/users/@me/acks/all',
    summary: 'Everything is read: everywhere, or in one server',
    params: z.object({ server_id: Id.optional() }),
    result: z.object({
      items: z.array(ReadState).meta({ description: 'Those that changed' }),
      has_more: z.boolean().meta({ description: 'There were more than LIMITS.MARK_ALL: ask again' }),
    }),
    mission: 'Blueprint, Read state',
    refusals: ['UNKNOWN_SERVER'],
  }),
};
