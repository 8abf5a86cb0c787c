/**
 * What the process knows by heart: everyone and everything that decides who may do what and who hears what. It is a
 * fold of the log, loaded once and fed by every commit; messages, read states and invites stay in the tables.
 */
import type {
  Category,
  Channel,
  GroupRole,
  Id,
  OverrideBits,
  PermissionBits,
  RelationshipType,
  Role,
  User,
  UserSettings,
} from '@snug/protocol';
import type { AudienceClass } from '../delivery/audience.ts';
import type { HiddenChannels } from './hidden-channels.ts';

export interface Relation {
  readonly type: RelationshipType;
  /** ms since 1970. */
  readonly since: number;
}

export interface UserState {
  user: User;
  settings: UserSettings;
  /** To other users, as this one has it. Shared while empty: replace, never change. */
  relations: ReadonlyMap<Id, Relation>;
  readonly servers: Set<ServerState>;
  /** DMs and groups. */
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
  /** Sorted, so that equal sets have equal keys. */
  roleIds: readonly Id[];
  isMuted: boolean;
  isDeafened: boolean;
  readonly joinedAt: number;
  readonly joinedPosition: number;
}

/** Role or user id to what is changed for it. Replaced, never changed. */
export type Overrides = ReadonlyMap<Id, OverrideBits>;

export interface CategoryState {
  category: Category;
  overrides: Overrides;
}

/** What everybody of one permission class may do: equal role sets, timeouts and member overrides (E26). */
export interface ClassBits {
  readonly server: PermissionBits;
  readonly channels: Map<Id, PermissionBits>;
}

export interface ServerState {
  readonly id: Id;
  name: string;
  description: string;
  iconUrl: string;
  ownerId: Id;
  isPublic: boolean;
  systemChannelId: Id | null;
  readonly createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
  visibleSince: number;
  readonly roles: Map<Id, RoleState>;
  readonly members: Map<Id, MemberState>;
  readonly categories: Map<Id, CategoryState>;
  /** Threads included. */
  readonly channels: Map<Id, ChannelState>;
  /** Those of them that snapshots show: not deleted, and no archived threads, of which there may be very many. */
  readonly shown: Set<ChannelState>;
  /** The others. */
  readonly hidden: HiddenChannels;
  readonly banned: Set<Id>;
  /** Until when somebody only reads, in ms since 1970. Leaving and coming back does not end it. */
  readonly timeouts: Map<Id, number>;
  /** Those for whom some channel or category has an override of their own. */
  memberOverrides: ReadonlySet<Id>;
  /** By permission class; emptied whenever a permission changes. */
  readonly bits: Map<string, ClassBits>;
  /** Permission class to the readers in it (E26). */
  readonly classes: Map<string, AudienceClass>;
}

export interface ChannelState {
  /** As clients receive it, but for what changes with every message. */
  channel: Channel;
  readonly server: ServerState | null;
  /** Of a thread: the channel whose permissions are its own (E29). */
  readonly parent: ChannelState | null;
  overrides: Overrides;
  /** The people of a DM or group. */
  recipients: readonly Id[];
  /** Of a group. */
  readonly groupRoles: Map<Id, GroupRole> | null;
  /** Who may not come back into a group. */
  readonly groupBans: Set<Id> | null;
  /** Who follows a thread. */
  readonly followers: Set<Id> | null;
  /** Those that hang under it, by id: archived and deleted ones too. Shared while empty. */
  threads: ChannelState[];
  deletedAt: number | null;
}

export const NO_ROLES: readonly Id[] = Object.freeze([]);
export const NO_OVERRIDES: Overrides = new Map();
export const NO_RELATIONS: ReadonlyMap<Id, Relation> = new Map();
/** Of channels without threads; never changed. */
export const NO_THREADS: ChannelState[] = [];
export const NOBODY: ReadonlySet<Id> = new Set();
