import type { Folds } from '../../world/folds.ts';
import { addFollower, removeFollower } from './followers.queries.ts';

export const threadFolds: Folds = {
  THREAD_MEMBER_ADD: (world, { body }) => {
    addFollower(world, body.channel_id, body.user_id);
  },
  THREAD_MEMBER_REMOVE: (world, { body }) => {
    removeFollower(world, body.channel_id, body.user_id);
  },
};
