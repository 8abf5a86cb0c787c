import type { Channel, CommandInput, CommandName, CommandResult, Discovery, Id, User } from '@snug/protocol';
import type { MessageRange } from './actions/message-range.ts';
import type { Connection } from './connection/connection-api.ts';
import type { SocketConstructor } from './connection/socket-like.ts';
import type { Outbox } from './outbox/outbox-entry.ts';
import type { Locks } from './session/locks.ts';
import type { SessionApi } from './session/session-api.ts';
import type { ClientStorage } from './storage/client-storage.ts';
import type { DispatchBody, DispatchType } from './store/dispatch.ts';
import type { Store } from './store/state.ts';

export interface ClientOptions {
  /** Base address of the instance, such as `https://chat.example.org`; '' is the page's own origin. */
  url: string;
  /** What survives a reload. In memory unless given. */
  storage?: ClientStorage;
  /**
   * Where the refresh token lives: in a cookie that scripts cannot read, or in `storage`. Cookie in a browser, body
   * elsewhere, unless given.
   */
  tokens?: 'cookie' | 'body';
  /** `navigator.locks` where it exists and something is shared with other tabs or programs; null goes without. */
  locks?: Locks | null;
  fetch?: typeof fetch;
  WebSocket?: SocketConstructor;
  /** ms since 1970. */
  now?: () => number;
  /** At least 0, below 1: jitter. Nonces come from `crypto`. */
  random?: () => number;
  /** Whatever nobody else is told about: failures in the background, and bugs. console.error unless given. */
  onError?: (error: unknown) => void;
}

/** One Snug account, live. Everything a surface or a bot needs (design section 7). */
export interface SnugClient {
  readonly session: SessionApi;
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly store: Store;

  /** One command over REST. Throws SnugError. */
  call<N extends CommandName>(name: N, params: CommandInput<N>): Promise<CommandResult<N>>;
  /** One command over the live connection when that is a WebSocket, over REST otherwise. Throws SnugError. */
  request<N extends CommandName>(name: N, params: CommandInput<N>): Promise<CommandResult<N>>;
  /** As `request`, and waits until the store has folded what the command did (at most 5 s, while online). */
  perform<N extends CommandName>(name: N, params: CommandInput<N>): Promise<CommandResult<N>>;
  /** What the instance is and allows. Needs nobody signed in. */
  discovery(): Promise<Discovery>;

  /** Every event and ephemeral dispatch, after the store has folded it. Returns the way to unsubscribe. */
  on<T extends DispatchType>(type: T, listener: (body: DispatchBody<T>) => void): () => void;

  /** Loads part of a channel's history into its window. Failures land in the window's `error`, and are thrown. */
  loadMessages(channelId: Id, range: MessageRange): Promise<void>;
  /** Whether the reader sits at the newest message: then the window forgets its oldest ones when it grows too long. */
  setFollowing(channelId: Id, following: boolean): void;
  editMessage(channelId: Id, messageId: Id, content: string): Promise<void>;
  deleteMessage(channelId: Id, messageId: Id): Promise<void>;
  /** Everything up to this message is read. At most one request per channel per 3 s, the newest (READ7). */
  ack(channelId: Id, messageId: Id): void;
  /** Sends what `ack` holds back, at once: before a page goes away. */
  flushAcks(): Promise<void>;
  /** This message and what follows is unread again. */
  markUnread(channelId: Id, messageId: Id): Promise<void>;
  /** The signed-in user types here. At most one request per channel per 5 s; failures are nobody's concern. */
  typing(channelId: Id): void;

  /** They type no more, and sent nothing: `typing` is taken back. */
  typingStopped(channelId: Id): void;
  /** Everything is read: everywhere, or in one server. */
  markAllRead(serverId?: Id): Promise<void>;

  /**
   * Reacts, or takes it back. `select.reactionsOf` shows it at once; where the server says no it goes again and this
   * throws. Of several changes of mind the last one counts.
   */
  setReaction(channelId: Id, messageId: Id, emoji: string, isOn: boolean, isSuper?: boolean): Promise<void>;
  /** A channel by its id, also an archived thread, which no snapshot holds. Throws UNKNOWN_CHANNEL. */
  openChannel(channelId: Id): Promise<Channel>;
  /** How far the people of a DM or group got: fills `State.receipts`, which events keep true. */
  loadReceipts(channelId: Id): Promise<void>;
  /** Asks in the background for profiles that are not known, a few at a time; they come into `State.users`. */
  learnUsers(userIds: Iterable<Id>): void;
  /** Somebody by id or username; their profile is in `State.users` then. Throws UNKNOWN_USER. */
  findUser(idOrUsername: string): Promise<User>;

  /** Ends connection, timers and locks. The session stays on the server, entries stay in storage. */
  close(): void;
}
