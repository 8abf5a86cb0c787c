/** The fold of every event into the world, one place a noun: an event without an entry changes nothing here. */
import type { EventType } from '@snug/protocol';
import { categoryFolds } from '../features/categories/categories.fold.ts';
import { channelFolds } from '../features/channels/channels.fold.ts';
import { conversationFolds } from '../features/conversations/conversations.fold.ts';
import { memberFolds } from '../features/members/members.fold.ts';
import { messageFolds } from '../features/messages/messages.fold.ts';
import { roleFolds } from '../features/roles/roles.fold.ts';
import { serverFolds } from '../features/servers/servers.fold.ts';
import { threadFolds } from '../features/threads/threads.fold.ts';
import { userFolds } from '../features/users/users.fold.ts';
import type { LogEventOf } from '../log/envelope.ts';
import type { World } from './world.ts';

export type Folds = { readonly [T in EventType]?: (world: World, event: LogEventOf<T>) => void };

export const folds: Folds = {
  ...userFolds,
  ...serverFolds,
  ...roleFolds,
  ...categoryFolds,
  ...channelFolds,
  ...conversationFolds,
  ...threadFolds,
  ...memberFolds,
  ...messageFolds,
};
