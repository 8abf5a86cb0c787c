import type { Handlers } from '../../commands/handler.ts';
import { getUser } from './get-user.ts';
import { searchUsers } from './search-users.ts';
import { getSettings, updateSettings } from './settings.commands.ts';
import { getMe, updateUser } from './users.commands.ts';

export const userHandlers = {
  'user.me': getMe,
  'user.update': updateUser,
  'user.get': getUser,
  'user.search': searchUsers,
  'settings.get': getSettings,
  'settings.update': updateSettings,
} satisfies Partial<Handlers>;
