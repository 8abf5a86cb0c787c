import { z } from 'zod';
import { ArchiveAfter, Channel } from './channels.ts';
import { defineCommand, Nothing } from './command.ts';
import { Flag, Limit, listOf, Nonce, name, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { User } from './users.ts';

/** Somebody who follows a thread: it is unread for them, and for nobody else (E29). */
export const ThreadMember = z.object({ channel_id: Id, user_id: Id, joined_at: Time }).meta({ id: 'ThreadMember' });
export type ThreadMember = z.infer<typeof ThreadMember>;

/** Blueprint "threads". A thread is a channel: messages, reads and pins work in it as anywhere. */
export const threadCommands = {
  'thread.create': defineCommand({
    method: 'POST',
    path: '/channels/{channel_id}/threads',
    summary: 'Start a thread, from a message or alone (Send Messages)',
    params: z.object({
      channel_id: Id,
      name: name(LIMITS.CHANNEL_NAME_MAX),
      message_id: Id.optional().meta({ description: 'The message it begins from: at most one thread each' }),
      content: text(LIMITS.MESSAGE_MAX, 1).optional().meta({ description: 'Its first message' }),
      auto_archive_after: ArchiveAfter.optional().meta({ description: 'Minutes: 60, 1440, 4320 (default) or 10080' }),
      nonce: Nonce.optional(),
    }),
    result: Channel,
    status: 201,
    nonce: true,
    mission: 'Blueprint, threads',
    refusals: [
      'UNKNOWN_CHANNEL',
      'UNKNOWN_MESSAGE',
      'MISSING_PERMISSION',
      'THREAD_EXISTS',
      'WRONG_CHANNEL_TYPE',
      'LIMIT_REACHED',
      'NONCE_REUSED',
      'CHANNEL_ARCHIVED',
      'MESSAGE_EMPTY',
      'SLOW_MODE',
    ],
  }),
  'thread.list': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/threads',
    summary: 'The threads of a channel, the newest first',
    params: z.object({
      channel_id: Id,
      archived: Flag.optional().meta({ description: 'Only those that are archived, or only those that are not' }),
      before: Id.optional(),
      limit: Limit,
    }),
    result: listOf(Channel),
    mission: 'Blueprint, threads',
    refusals: ['UNKNOWN_CHANNEL'],
  }),
  'thread.members': defineCommand({
    method: 'GET',
    path: '/channels/{channel_id}/followers',
    summary: 'Who follows a thread',
    params: z.object({ channel_id: Id, after: Id.optional(), limit: Limit }),
    result: listOf(ThreadMember.extend({ user: User })),
    mission: 'Blueprint, threads: own member list',
    refusals: ['UNKNOWN_CHANNEL', 'WRONG_CHANNEL_TYPE'],
  }),
  'thread.follow': defineCommand({
    method: 'PUT',
    path: '/channels/{channel_id}/followers/@me',
    summary: 'Follow a thread',
    params: z.object({ channel_id: Id }),
    result: ThreadMember,
    mission: 'Blueprint, threads',
    refusals: ['UNKNOWN_CHANNEL', 'WRONG_CHANNEL_TYPE', 'LIMIT_REACHED'],
  }),
  'thread.unfollow': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/followers/@me',
    summary: 'Follow a thread no more',
    params: z.object({ channel_id: Id }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, threads',
    refusals: ['UNKNOWN_CHANNEL', 'WRONG_CHANNEL_TYPE'],
  }),
};
