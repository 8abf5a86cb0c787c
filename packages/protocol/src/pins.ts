import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { Cursor, Limit, pagesOf, Time } from './fields.ts';
import { Id } from './ids.ts';
import { Message } from './messages.ts';
import { User } from './users.ts';

const OneMessage = { channel_id: Id, message_id: Id };

/** Blueprint "Channels": pins. In a DM or group anybody pins, elsewhere Manage Messages. */
export const pinCommands = {
  'pin.list': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/pins',
    summary: 'Pinned messages, the latest pin first',
    params: z.object({ channel_id: Id, cursor: Cursor.optional(), limit: Limit }),
    result: pagesOf(z.object({ message: Message, pinned_by: Id, pinned_at: Time })).extend({ users: z.array(User) }),
    mission: 'Blueprint, Channels',
    refusals: ['UNKNOWN_CHANNEL'],
  }),
  'pin.add': defineCommand({
    method: 'PUT',
    path: '/channels/{channel_id}/pins/{message_id}',
    summary: 'Pin a message; the channel says so (Manage Messages)',
    params: z.object(OneMessage),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Channels',
    refusals: [
      'UNKNOWN_CHANNEL',
      'UNKNOWN_MESSAGE',
      'MISSING_PERMISSION',
      'LIMIT_REACHED',
      'CHANNEL_ARCHIVED',
      'CANNOT_MESSAGE',
    ],
  }),
  'pin.remove': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/pins/{message_id}',
    summary: 'Unpin a message (Manage Messages)',
    params: z.object(OneMessage),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Channels',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE', 'MISSING_PERMISSION'],
  }),
};
