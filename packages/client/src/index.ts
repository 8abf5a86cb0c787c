/** The SDK that web, command line and bots use: REST, a connection that resumes, an outbox, a store. */
export { parseMarkdown, renderHtml } from '@snug/protocol';
export type { MessageRange } from './actions/message-range.ts';
export type {
  Connection,
  ConnectionStatus,
  MemberRequest,
  PresenceChange,
  TransportName,
} from './connection/connection-api.ts';
export type { SocketConstructor, SocketLike } from './connection/socket-like.ts';
export { createClient } from './create-client.ts';
export type { Draft, Outbox, OutboxEntry, OutboxState } from './outbox/outbox-entry.ts';
export { type LocalErrorCode, SnugError, type SnugErrorCode } from './rest/snug-error.ts';
export {
  type Badge,
  type LayoutSection,
  type MessageReceipts,
  type ReadSum,
  select,
  type TimelineItem,
} from './select/select.ts';
export type { Locks } from './session/locks.ts';
export type { Credentials, Registration, SessionApi, SessionState, SignedOutReason } from './session/session-api.ts';
export type { ClientOptions, SnugClient } from './snug-client.ts';
export type { ClientStorage } from './storage/client-storage.ts';
export { memoryStorage } from './storage/memory-storage.ts';
export type { Dispatch, DispatchBody, DispatchType } from './store/dispatch.ts';
export {
  type ConnectionState,
  EMPTY_STATE,
  type MemberList,
  type MessageWindow,
  type ReactionWish,
  type ReadMark,
  type RelationshipMark,
  type State,
  type Store,
} from './store/state.ts';
