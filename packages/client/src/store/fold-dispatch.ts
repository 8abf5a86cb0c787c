import { EPHEMERAL_TYPES, isEventType } from '@snug/protocol';
import type { Dispatch, DispatchBody, DispatchType } from './dispatch.ts';
import { foldCategoryCreate, foldCategoryDelete, foldCategoryUpdate } from './fold-categories.ts';
import { foldChannelCreate, foldChannelDelete, foldChannelUpdate } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';
import { foldMemberAdd, foldMemberRemove, foldMembersChunk, foldMemberUpdate } from './fold-members.ts';
import {
  foldHistoryChanged,
  foldMessageCreate,
  foldMessageDelete,
  foldMessageDeleteBulk,
  foldMessageUpdate,
} from './fold-messages.ts';
import { foldNotification, foldRelationship, foldSettings } from './fold-people.ts';
import { foldChannelPresence, foldPresence, foldTyping, foldTypingStop } from './fold-presence.ts';
import { foldPin, foldReactionAdd, foldReactionClear, foldReactionRemove, foldUnpin } from './fold-reactions.ts';
import { foldReadState } from './fold-reads.ts';
import { foldReceipt } from './fold-receipts.ts';
import { foldRecipientAdd, foldRecipientRemove, foldRecipientUpdate } from './fold-recipients.ts';
import {
  foldRoleCreate,
  foldRoleDelete,
  foldRoleUpdate,
  foldServerCreate,
  foldServerDelete,
  foldServerUpdate,
} from './fold-servers.ts';
import { foldThreadMemberAdd, foldThreadMemberRemove } from './fold-threads.ts';
import { foldUserUpdate } from './fold-users.ts';

/** The state holds nothing of it: whoever cares listens with `client.on`. */
function foldNothing(): void {}

/** What each dispatch does to the state. A type of the protocol without a row here does not compile. */
const FOLDS: { readonly [T in DispatchType]: (context: FoldContext, body: DispatchBody<T>) => void } = {
  USER_CREATE: foldNothing,
  USER_UPDATE: foldUserUpdate,
  USER_DELETE: foldNothing,
  USER_DELETE_DONE: foldNothing,
  USER_SETTINGS_UPDATE: foldSettings,
  RELATIONSHIP_UPDATE: foldRelationship,
  NOTIFICATION_UPDATE: foldNotification,
  SERVER_CREATE: foldServerCreate,
  SERVER_UPDATE: foldServerUpdate,
  SERVER_DELETE: foldServerDelete,
  ROLE_CREATE: foldRoleCreate,
  ROLE_UPDATE: foldRoleUpdate,
  ROLE_DELETE: foldRoleDelete,
  CATEGORY_CREATE: foldCategoryCreate,
  CATEGORY_UPDATE: foldCategoryUpdate,
  CATEGORY_DELETE: foldCategoryDelete,
  CHANNEL_CREATE: foldChannelCreate,
  CHANNEL_UPDATE: foldChannelUpdate,
  CHANNEL_DELETE: foldChannelDelete,
  MEMBER_ADD: foldMemberAdd,
  MEMBER_UPDATE: foldMemberUpdate,
  MEMBER_REMOVE: foldMemberRemove,
  BAN_ADD: foldNothing,
  BAN_REMOVE: foldNothing,
  AUDIT_NOTE: foldNothing,
  RECIPIENT_ADD: foldRecipientAdd,
  RECIPIENT_UPDATE: foldRecipientUpdate,
  RECIPIENT_REMOVE: foldRecipientRemove,
  RECIPIENT_UNBAN: foldNothing,
  GROUP_INVITE_CREATE: foldNothing,
  GROUP_INVITE_USE: foldNothing,
  GROUP_INVITE_DELETE: foldNothing,
  THREAD_MEMBER_ADD: foldThreadMemberAdd,
  THREAD_MEMBER_REMOVE: foldThreadMemberRemove,
  INVITE_CREATE: foldNothing,
  INVITE_USE: foldNothing,
  INVITE_DELETE: foldNothing,
  MESSAGE_CREATE: foldMessageCreate,
  MESSAGE_UPDATE: foldMessageUpdate,
  MESSAGE_DELETE: foldMessageDelete,
  MESSAGE_DELETE_BULK: foldMessageDeleteBulk,
  MESSAGE_REACTION_ADD: foldReactionAdd,
  MESSAGE_REACTION_REMOVE: foldReactionRemove,
  MESSAGE_REACTION_CLEAR: foldReactionClear,
  MESSAGE_PIN: foldPin,
  MESSAGE_UNPIN: foldUnpin,
  READ_STATE_UPDATE: foldReadState,
  RECEIPT_UPDATE: foldReceipt,
  AUTHOR_PURGE: foldNothing,
  AUTHOR_PURGE_DONE: foldNothing,
  REPORT_CREATE: foldNothing,
  REPORT_UPDATE: foldNothing,
  HISTORY_CHANGED: foldHistoryChanged,
  PURGE: foldNothing,
  TYPING_START: foldTyping,
  TYPING_STOP: foldTypingStop,
  PRESENCE_UPDATE: foldPresence,
  CHANNEL_PRESENCE: foldChannelPresence,
  SERVER_MEMBERS_CHUNK: foldMembersChunk,
};

/** A newer server may dispatch what this client has never heard of; it is passed over. */
export function isDispatchType(type: string): type is DispatchType {
  return isEventType(type) || (EPHEMERAL_TYPES as readonly string[]).includes(type);
}

export function foldDispatch(context: FoldContext, dispatch: Dispatch): void {
  if (!isDispatchType(dispatch.t)) return;
  const fold = FOLDS[dispatch.t] as (context: FoldContext, body: unknown) => void;
  fold(context, dispatch.d);
}
