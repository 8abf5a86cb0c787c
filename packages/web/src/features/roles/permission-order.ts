import type { PermissionName } from '@snug/protocol';

/** As people read them: what everybody does, then what keeps order, then what runs the place. */
export const PERMISSION_ORDER = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'ADD_REACTIONS',
  'ATTACH_FILES',
  'CREATE_INVITE',
  'MENTION_EVERYONE',
  'MANAGE_MESSAGES',
  'KICK_MEMBERS',
  'BAN_MEMBERS',
  'MANAGE_CHANNELS',
  'MANAGE_ROLES',
  'MANAGE_SERVER',
  'ADMINISTRATOR',
] as const satisfies readonly PermissionName[];
