/** What handlers may reach besides the world: reads, auth's side of invites, the ephemeral parts. */

import type { Logger } from '@snug/edge';
import type { AccessClaims, FeedEntry, Id } from '@snug/protocol';
import type { Audience } from './delivery/audience.ts';
import type { FanOut } from './delivery/fan-out.ts';
import type { Presences } from './ephemeral/presence.ts';
import type { Rooms } from './ephemeral/rooms.ts';
import type { Typing } from './ephemeral/typing.ts';
import type { Deliveries } from './features/receipts/deliveries.ts';
import type { Log } from './log/log.ts';
import type { ChatSettings } from './settings.ts';
import type { World } from './world/world.ts';

/** All that chat knows of auth: tokens it can check, a feed of what changed, and tickets that open registration. */
export interface AuthPort {
  verify(token: string): Promise<AccessClaims>;
  redeemTicket(ticket: string): Promise<AccessClaims>;
  /** Whether the account administers the instance at this moment, whatever the token of a live connection says. */
  isAdmin(userId: Id): boolean;
  onFeed(listener: (entry: FeedEntry) => void): () => void;
  /** What the feed said after that number, oldest first, in pages; `head` is the newest there is. */
  feedSince(seq: number): Promise<{ entries: FeedEntry[]; head: number }>;
  openRegistration(ticket: {
    code: string;
    max_uses: number;
    expires_at: number | null;
    created_by: Id;
  }): Promise<void>;
  closeRegistration(code: string): Promise<void>;
  opensRegistration(code: string): Promise<boolean>;
}

export interface Services {
  readonly world: World;
  readonly log: Log;
  readonly auth: AuthPort;
  readonly audience: Audience;
  readonly fanOut: FanOut;
  readonly presences: Presences;
  readonly rooms: Rooms;
  readonly typing: Typing;
  /** What sessions confirm of DMs and groups (E23). */
  readonly deliveries: Deliveries;
  readonly logger: Logger;
  readonly settings: ChatSettings;
  readonly now: () => number;
  /** Random bytes as base64url: invite codes and the like. */
  readonly randomCode: (bytes: number) => string;
}
