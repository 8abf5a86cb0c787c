import { EPHEMERAL_TYPES, isEventType } from '@snug/protocol';
import type { Dispatch, DispatchBody, DispatchType } from './dispatch.ts';
import { foldChannelCreate, foldChannelDelete, foldChannelUpdate } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';
import {
  foldMemberAdd,
  foldMemberRemove,
  foldMembersChunk,
  foldMemberUpdate,
  foldRecipientUpdate,
} from './fold-members.ts';
import { foldHistoryChanged, foldMessageCreate, foldMessageDelete, foldMessageUpdate } from './fold-messages.ts';
import { foldPresence, foldTyping } from './fold-presence.ts';
import { foldReadState } from './fold-reads.ts';
import {
  foldRoleCreate,
  foldRoleUpdate,
  foldServerCreate,
  foldServerDelete,
  foldServerUpdate,
} from './fold-servers.ts';
import { foldUserUpdate } from './fold-users.ts';

/** The state holds nothing of it: whoever cares listens with `client.on`. */
function foldNothing(): void {}

/** What each dispatch does to the state. A type of the protocol without a row here does not compile. */
const FOLDS: { readonly [T in DispatchType]: (context: FoldContext, body: DispatchBody<T>) => void } = {
  USER_CREATE: foldNothing,
  USER_UPDATE: foldUserUpdate,
  SERVER_CREATE: foldServerCreate,
  SERVER_UPDATE: foldServerUpdate,
  SERVER_DELETE: foldServerDelete,
  ROLE_CREATE: foldRoleCreate,
  ROLE_UPDATE: foldRoleUpdate,
  CHANNEL_CREATE: foldChannelCreate,
  CHANNEL_UPDATE: foldChannelUpdate,
  CHANNEL_DELETE: foldChannelDelete,
  MEMBER_ADD: foldMemberAdd,
  MEMBER_UPDATE: foldMemberUpdate,
  RECIPIENT_UPDATE: foldRecipientUpdate,
  MEMBER_REMOVE: foldMemberRemove,
  INVITE_CREATE: foldNothing,
  INVITE_USE: foldNothing,
  INVITE_DELETE: foldNothing,
  MESSAGE_CREATE: foldMessageCreate,
  MESSAGE_UPDATE: foldMessageUpdate,
  MESSAGE_DELETE: foldMessageDelete,
  READ_STATE_UPDATE: foldReadState,
  HISTORY_CHANGED: foldHistoryChanged,
  PURGE: foldNothing,
  TYPING_START: foldTyping,
  PRESENCE_UPDATE: foldPresence,
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
