/** The acts that the audit log knows, in the order of the filter; what each is done to. */
export const AUDIT_ACTIONS = {
  SERVER_UPDATE: 'server',
  ROLE_CREATE: 'role',
  ROLE_UPDATE: 'role',
  ROLE_DELETE: 'role',
  CATEGORY_CREATE: 'category',
  CATEGORY_UPDATE: 'category',
  CATEGORY_DELETE: 'category',
  CHANNEL_CREATE: 'channel',
  CHANNEL_UPDATE: 'channel',
  CHANNEL_DELETE: 'channel',
  MEMBER_UPDATE: 'person',
  MEMBER_REMOVE: 'person',
  BAN_ADD: 'person',
  BAN_REMOVE: 'person',
  INVITE_CREATE: 'invite',
  INVITE_DELETE: 'invite',
  MESSAGE_DELETE: 'message',
  MESSAGE_DELETE_BULK: 'message',
  MESSAGE_PIN: 'message',
  MESSAGE_UNPIN: 'message',
  MESSAGE_REACTION_CLEAR: 'message',
} as const satisfies Record<string, 'server' | 'role' | 'category' | 'channel' | 'person' | 'invite' | 'message'>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

export function isAuditAction(action: string): action is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, action);
}

export function isDoneToPerson(action: string): boolean {
  return isAuditAction(action) && AUDIT_ACTIONS[action] === 'person';
}
