import type {
  Category,
  Channel,
  ChannelPresence,
  Id,
  Member,
  Message,
  NotificationSetting,
  Presence,
  Receipt,
  RelationshipType,
  Role,
  Server,
  User,
  UserSettings,
} from '@snug/protocol';
import type { ConnectionStatus, TransportName } from '../connection/connection-api.ts';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import type { SnugError } from '../rest/snug-error.ts';

/**
 * The part of a channel's history that is loaded: every message with `from <= id <= to` that exists, and nothing else
 * (STORE3, STORE4). Events keep it true.
 */
export interface MessageWindow {
  /** Oldest first. */
  readonly ids: readonly Id[];
  /** Lower bound, included; null reaches to the beginning of the channel. */
  readonly from: Id | null;
  /** Upper bound, included; null reaches to the present, so new messages are appended. */
  readonly to: Id | null;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  readonly loading: 'before' | 'after' | 'latest' | null;
  /** Something was missed (E5, E24): show it, and load it again. */
  readonly stale: boolean;
  /** Why the last load failed; null once one works. */
  readonly error: SnugError | null;
}

export interface ReadMark {
  /** Draws the line of new messages, nothing else; null where nothing was read (READ6). */
  readonly lastReadId: Id | null;
  /** Everything at or below this position is read. */
  readonly readPosition: number;
  /** Exact to 99; 100 means more (READ5). */
  readonly unread: number;
  readonly mentions: number;
}

/** How the signed-in user stands to somebody. */
export interface RelationshipMark {
  readonly type: RelationshipType;
  /** RFC 3339. */
  readonly since: string;
}

/** A reaction that was given or taken back here, and that the server has not answered yet. */
export interface ReactionWish {
  readonly emoji: string;
  /** Whether the user wants to react with it. */
  readonly isOn: boolean;
  readonly isSuper: boolean;
}

/** Members of a server in the order of the list: online first, then by name. Loaded from the top without gaps. */
export interface MemberList {
  readonly total: number;
  readonly online: number;
  readonly ids: readonly Id[];
}

export interface ConnectionState {
  readonly status: ConnectionStatus;
  readonly transport: TransportName | null;
  /** ms since 1970: when the next try is due, while waiting. */
  readonly retryAt: number | null;
}

/** All a view needs. Immutable: a slice keeps its identity unless it changed (STORE5). */
export interface State {
  readonly connection: ConnectionState;
  /** A snapshot was applied: what is missing is not there, rather than not known. */
  readonly ready: boolean;
  /** The position up to which everything is folded. */
  readonly cursor: number;
  readonly me: User | null;
  /** Administrator of the instance. */
  readonly isAdmin: boolean;
  readonly servers: ReadonlyMap<Id, Server>;
  readonly serverOrder: readonly Id[];
  /** By server; highest position first. */
  readonly roles: ReadonlyMap<Id, readonly Role[]>;
  /** By server; by position, then id. */
  readonly categories: ReadonlyMap<Id, readonly Category[]>;
  /**
   * Everything one can see that holds messages: text and voice channels, DMs, groups, and threads. Of threads those that
   * are not archived, and archived ones that were met here (opened, or the start of a loaded message).
   */
  readonly channels: ReadonlyMap<Id, Channel>;
  readonly users: ReadonlyMap<Id, User>;
  /** By server, then user: one's own membership always, others as they become known. */
  readonly members: ReadonlyMap<Id, ReadonlyMap<Id, Member>>;
  readonly memberLists: ReadonlyMap<Id, MemberList>;
  /** Of others, as far as they are followed. One's own is what this client says of it, `invisible` included (E30). */
  readonly presences: ReadonlyMap<Id, Presence>;
  /** By user: friends, requests both ways, and whom one has blocked. */
  readonly relationships: ReadonlyMap<Id, RelationshipMark>;
  /** Privacy and quiet hours; null until a snapshot came. */
  readonly settings: UserSettings | null;
  /** By server or channel: what is set there. What is not set follows from above: see `select.notificationLevel`. */
  readonly notifications: ReadonlyMap<Id, NotificationSetting>;
  /** Threads that are unread for this user when somebody speaks in them (E29). */
  readonly followedThreads: ReadonlySet<Id>;
  /** By DM or group, then user: how far they got (E23). Live ones, and all once `loadReceipts` was called. */
  readonly receipts: ReadonlyMap<Id, ReadonlyMap<Id, Receipt>>;
  /** By channel: who is active in it, while this user is (op 3, `channel_id`). */
  readonly rooms: ReadonlyMap<Id, ChannelPresence>;
  /** By channel, then id: exactly those of the channel's window. */
  readonly messages: ReadonlyMap<Id, ReadonlyMap<Id, Message>>;
  readonly windows: ReadonlyMap<Id, MessageWindow>;
  /** Messages that loaded ones reply to, when they lie outside the window. */
  readonly referenced: ReadonlyMap<Id, Message>;
  readonly reads: ReadonlyMap<Id, ReadMark>;
  /** By channel, then user: until when they are shown as typing, in ms since 1970. */
  readonly typing: ReadonlyMap<Id, ReadonlyMap<Id, number>>;
  /** By message: what this user has just reacted, before the answer. `select.reactionsOf` shows both together. */
  readonly reactionWishes: ReadonlyMap<Id, readonly ReactionWish[]>;
  /** By channel; oldest first. */
  readonly outbox: ReadonlyMap<Id, readonly OutboxEntry[]>;
}

/** Both functions stand alone, so React's useSyncExternalStore takes them as they are. */
export interface Store {
  readonly getState: () => State;
  /** Called once per batch of changes (STORE6). Returns the way to unsubscribe. Needs no `this`. */
  readonly subscribe: (listener: () => void) => () => void;
}

const NO_ENTRIES: ReadonlyMap<never, never> = new Map<never, never>();

/** Nothing known yet. */
export const EMPTY_STATE: State = {
  connection: { status: 'stopped', transport: null, retryAt: null },
  ready: false,
  cursor: 0,
  me: null,
  isAdmin: false,
  servers: NO_ENTRIES,
  serverOrder: [],
  roles: NO_ENTRIES,
  categories: NO_ENTRIES,
  channels: NO_ENTRIES,
  users: NO_ENTRIES,
  members: NO_ENTRIES,
  memberLists: NO_ENTRIES,
  presences: NO_ENTRIES,
  relationships: NO_ENTRIES,
  settings: null,
  notifications: NO_ENTRIES,
  followedThreads: new Set(),
  receipts: NO_ENTRIES,
  rooms: NO_ENTRIES,
  messages: NO_ENTRIES,
  windows: NO_ENTRIES,
  referenced: NO_ENTRIES,
  reads: NO_ENTRIES,
  typing: NO_ENTRIES,
  reactionWishes: NO_ENTRIES,
  outbox: NO_ENTRIES,
};
