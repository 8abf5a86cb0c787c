import type { Id } from '@snug/protocol';
import type { PresenceChange } from '../connection/connection-api.ts';
import { MessageLog } from './message-log.ts';
import type { Unread } from './unread.ts';

/** What the fold met and does not know: somebody else fetches it, and never holds up an event for it. */
export interface Wanted {
  readonly users: Set<Id>;
  /** Message to channel: what live messages reply to. */
  readonly references: Map<Id, Id>;
  /** Message to channel: loaded ones that only the server knows now, such as who is next among the ten who reacted. */
  readonly messages: Map<Id, Id>;
  /** Threads that woke up and are not known. */
  readonly channels: Set<Id>;
  /** Channels whose unread count, or whether they are followed, only the server can tell. */
  readonly recounts: Set<Id>;
  /** Holds `all` when places came into sight for which something may be set that only the server knows. */
  readonly notifications: Set<'all'>;
  /** Servers whose list somebody came to, or left: how they show themselves is not known, nor told. */
  readonly memberLists: Set<Id>;
}

/** The store's private memory beside the state: at which position each thing is known, and what is still open. */
export class Ledger {
  readonly log = new MessageLog();
  readonly unread = new Map<Id, Unread>();
  /** By user: the position their profile is known at. */
  readonly users = new Map<Id, number>();
  /** Profiles known from before this position may have changed where this user could not hear of it. */
  usersSince = 0;
  /** By server: the position up to which its member count is counted. */
  readonly servers = new Map<Id, number>();
  /** By channel that was fetched: the position it is known at; what happened up to there is in it already. */
  readonly channels = new Map<Id, number>();
  /** Threads that are shown as they were before a reset, until they are fetched again. */
  readonly doubtful = new Set<Id>();
  /** By channel that is not known: the position of the last that was heard of it. */
  readonly unknown = new Map<Id, number>();
  /** The snapshot named every thread this user follows; what it did not name is not followed. */
  knowsFollows = false;
  /** Channels that came into sight since, with threads that may be followed from an earlier time. */
  readonly askFollows = new Set<Id>();
  /** By thread: the position from which it is known whether this user follows it. */
  readonly follows = new Map<Id, number>();
  /** By target: the position its notification setting is known at. */
  readonly notified = new Map<Id, number>();
  /** Outbox entries that the server has confirmed, by nonce: they go when the store has passed that position. */
  readonly confirmed = new Map<string, { readonly channelId: Id; readonly position: number }>();
  /** Nonces whose message the store has now; the outbox takes them out of storage. */
  settled: string[] = [];
  /** What this client last said of its own presence; null: nothing, so it is online by being there. */
  presence: PresenceChange | null = null;
  wanted: Wanted = noWishes();
  /** Channels where the reader looks at older messages: their windows forget the newest instead. */
  readonly notFollowing = new Set<Id>();

  takeSettled(): string[] {
    const settled = this.settled;
    this.settled = [];
    return settled;
  }

  takeWanted(): Wanted {
    const wanted = this.wanted;
    this.wanted = noWishes();
    return wanted;
  }

  /** A snapshot of this position replaces everything but the outbox. */
  reset(position: number): void {
    this.log.reset(position);
    this.unread.clear();
    this.users.clear();
    this.usersSince = position;
    this.servers.clear();
    this.channels.clear();
    this.unknown.clear();
    this.doubtful.clear();
    this.follows.clear();
    this.askFollows.clear();
    this.notified.clear();
    this.wanted = noWishes();
  }
}

function noWishes(): Wanted {
  return {
    users: new Set(),
    references: new Map(),
    messages: new Map(),
    channels: new Set(),
    recounts: new Set(),
    notifications: new Set(),
    memberLists: new Set(),
  };
}
