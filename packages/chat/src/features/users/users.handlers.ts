import type { Handlers } from '../../commands/handler.ts';
import { getMe, getUser, updateUser } from './users.commands.ts';

export const userHandlers = {
  'user.me': getMe,
  'user.update': updateUser,
  'user.get': getUser,
} satisfies Partial<Handlers>;
