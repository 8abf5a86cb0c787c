import type { Handlers } from '../../commands/handler.ts';
import { createThread } from './create-thread.ts';
import { followThread, unfollowThread } from './follow-thread.ts';
import { listFollowers, listThreads } from './list-threads.ts';

export const threadHandlers = {
  'thread.create': createThread,
  'thread.list': listThreads,
  'thread.members': listFollowers,
  'thread.follow': followThread,
  'thread.unfollow': unfollowThread,
} satisfies Partial<Handlers>;
