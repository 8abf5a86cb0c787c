import type { Handlers } from '../../commands/handler.ts';
import { addReaction } from './add-reaction.ts';
import { listReactions } from './list-reactions.ts';
import { clearReactions, removeReaction } from './remove-reaction.ts';

export const reactionHandlers = {
  'reaction.add': addReaction,
  'reaction.remove': removeReaction,
  'reaction.clear': clearReactions,
  'reaction.list': listReactions,
} satisfies Partial<Handlers>;
