/**
 * What the process knows by heart: everyone and everything that decides who may do what and who hears what. It is a
 * fold of the log, loaded once and fed by every commit; messages, read states and invites stay in the tables.
 */
import type { Channel, Id, PermissionBits, Role, User } from '@snug/protocol';
import type { AudienceClass } from '../delivery/audience.ts';

export interface UserState {
  user: User;
  readonly servers: Set<ServerState>;
  readonly dms: Set<ChannelState>;
  /** The last position that changed which existing channels they see (E4). */
  visibleSince: number;
}

export interface RoleState {
  role: Role;
  bits: PermissionBits;
}

/** A membership. Compact, for there are many. */
export interface MemberState {
  readonly userId: Id;
  nickname: string;
  roleIds: readonly Id[];
  readonly joinedAt: number;
  readonly joinedPosition: number;
}

export interface ServerState {
  readonly id: Id;
  name: string;
  description: string;
  iconUrl: string;
  readonly ownerId: Id;
  readonly isPublic: boolean;
  readonly createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
  visibleSince: number;
  readonly roles: Map<Id, RoleState>;
  readonly members: Map<Id, MemberState>;
  readonly channels: Map<Id, ChannelState>;
  /** What a set of roles may do, by its key; emptied whenever a role changes. */
  readonly bits: Map<string, PermissionBits>;
  /** Permission class to the readers in it (E26). */
  readonly classes: Map<string, AudienceClass>;
}

export interface ChannelState {
  /** As clients receive it, but for what changes with every message. */
  channel: Channel;
  readonly server: ServerState | null;
  /** The people of a DM. */
  readonly recipients: readonly Id[];
  deletedAt: number | null;
}

export const NO_ROLES: readonly Id[] = Object.freeze([]);
