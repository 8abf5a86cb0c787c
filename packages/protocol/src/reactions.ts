import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { Flag, Limit, listOf, Time } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { isEmoji } from './markdown/emoji.ts';
import { User } from './users.ts';

/** One emoji, as Unicode writes it. In a path it is percent-encoded. */
export const Emoji = z
  .string()
  .max(LIMITS.EMOJI_MAX)
  .refine((value) => isEmoji(value), 'must be one emoji')
  .meta({ id: 'Emoji' });

const OneMessage = { channel_id: Id, message_id: Id };

/** Blueprint "Reactions". Adding one twice, or removing one that is not there, changes nothing and is no error. */
export const reactionCommands = {
  'reaction.add': defineCommand({
    method: 'PUT',
    path: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me',
    aliases: ['/channels/{channel_id}/messages/{message_id}/reactions/{emoji}'],
    summary: 'React to a message (Add Reactions)',
    params: z.object({
      ...OneMessage,
      emoji: Emoji,
      is_super: Flag.optional().meta({ description: 'Animated; a few a day' }),
    }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Reactions',
    refusals: [
      'UNKNOWN_CHANNEL',
      'UNKNOWN_MESSAGE',
      'MISSING_PERMISSION',
      'LIMIT_REACHED',
      'CHANNEL_ARCHIVED',
      'CANNOT_MESSAGE',
    ],
  }),
  'reaction.remove': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me',
    aliases: ['/channels/{channel_id}/messages/{message_id}/reactions/{emoji}'],
    summary: 'Take your reaction back',
    params: z.object({ ...OneMessage, emoji: Emoji }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Reactions',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE'],
  }),
  'reaction.clear': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/messages/{message_id}/reactions',
    summary: 'Remove all reactions, or all of one emoji (Manage Messages)',
    params: z.object({ ...OneMessage, emoji: Emoji.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, reactions',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE', 'MISSING_PERMISSION'],
  }),
  'reaction.list': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/messages/{message_id}/reactions/{emoji}',
    summary: 'Who reacted with this emoji, ordered by user id',
    params: z.object({ ...OneMessage, emoji: Emoji, after: Id.optional(), limit: Limit }),
    result: listOf(z.object({ user: User, is_super: z.boolean(), created_at: Time })),
    mission: 'Blueprint, Reactions',
    refusals: ['UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE'],
  }),
};
