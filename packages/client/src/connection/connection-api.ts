import type { Activity, Id, Status } from '@snug/protocol';

/**
 * - `stopped`: not asked to connect, or signed out
 * - `connecting`: a transport is being opened
 * - `online`: events flow
 * - `waiting`: the last try failed; the next is due at `retryAt`
 * - `offline`: as waiting, and the device itself says that it has no network
 */
export type ConnectionStatus = 'stopped' | 'connecting' | 'online' | 'waiting' | 'offline';
export type TransportName = 'websocket' | 'sync';

/** Which members of a server to show and follow: some by id, or a range of the list (GW12). */
export interface MemberRequest {
  readonly user_ids?: readonly Id[];
  readonly offset?: number;
  /** At most 100. */
  readonly limit?: number;
}

export interface PresenceChange {
  readonly status: Status;
  readonly activities?: readonly Activity[];
}

/** The live connection: one cursor, two transports, and it always comes back (CONN1). */
export interface Connection {
  readonly status: ConnectionStatus;
  readonly transport: TransportName | null;
  /** The last position seen. */
  readonly cursor: number;
  /** ms since 1970; set while waiting. */
  readonly retryAt: number | null;
  /** Connects as soon as somebody is signed in, and stays so until `stop`. */
  start(): void;
  stop(): void;
  /** Tries at once instead of at `retryAt`. */
  retryNow(): void;
  /** Called with every change of the above but the cursor. Returns the way to unsubscribe. Needs no `this`. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Kept across reconnects, and in `State.presences` at once. Needs a WebSocket; by long poll it takes effect with the next one. */
  setPresence(presence: PresenceChange): void;
  /** The channel this user is active in, or none; who else is comes as `State.rooms`. Kept across reconnects. */
  setActiveChannel(channelId: Id | null): void;
  /** Answered by `State.members` and `State.memberLists`, and kept up to date until the next request for that server: who comes and goes,
   * and the presence of those in the range. */
  requestMembers(serverId: Id, request: MemberRequest): void;
}
