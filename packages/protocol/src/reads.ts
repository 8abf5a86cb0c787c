import { z } from 'zod';
import { defineCommand } from './command.ts';
import { Position, Time } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';

/** Blueprint "Read State & Delivery", with what E22 adds. */
export const ReadState = z
  .object({
    user_id: Id,
    channel_id: Id,
    last_read_id: Id.nullable().meta({ description: 'Draws the new-messages line, nothing else' }),
    read_position: Position.meta({ description: 'Everything at or below is read' }),
    mention_count: z.int(),
    unread_count: z
      .int()
      .meta({ description: 'In READY: exact to 99, and 100 means 99+. Elsewhere 0, for there the client counts' }),
    last_pin_timestamp: Time.nullable(),
  })
  .meta({ id: 'ReadState' });
export type ReadState = z.infer<typeof ReadState>;

export const readCommands = {
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
};
