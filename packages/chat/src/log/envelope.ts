/** The envelope every event travels in (E1), and the scopes it lives in. */
import type { EventBody, EventType, Id, PermissionBits } from '@snug/protocol';
import { changesView } from '../features/channels/changes-view.ts';

export type Scope = `server:${Id}` | `channel:${Id}` | `user:${Id}` | 'instance';

export const serverScope = (id: Id): Scope => `server:${id}`;
export const channelScope = (id: Id): Scope => `channel:${id}`;
export const userScope = (id: Id): Scope => `user:${id}`;

/** The id in a scope, '' for the instance. */
export function scopeId(scope: Scope): Id {
  return scope.slice(scope.indexOf(':') + 1);
}

/** What a decision wants to have happened. */
export type NewEvent = { [T in EventType]: NewEventOf<T> }[EventType];
export interface NewEventOf<T extends EventType> {
  readonly type: T;
  readonly scope: Scope;
  /** Id of the entity the event is about. */
  readonly subject: Id;
  readonly body: EventBody<T>;
}

/** An event that happened. `json` is the body as clients receive it, encoded once. */
export type LogEvent = { [T in EventType]: LogEventOf<T> }[EventType];
export interface LogEventOf<T extends EventType> extends NewEventOf<T> {
  readonly position: number;
  readonly v: number;
  readonly actor: Id;
  readonly at: number;
  readonly trace: string;
  readonly nonce: string | null;
  /** First position of the commit it was part of. */
  readonly batch: number;
  readonly origin: 'import' | null;
  readonly json: string;
}

/**
 * What must hold inside the transaction (E12): a closed list, evaluated before any row of the command. Each names the
 * refusal it answers with; `authority` instead makes the command decide again.
 */
export type Guard =
  /** No row has this value. */
  | {
      readonly kind: 'unique';
      readonly key: keyof typeof UNIQUE_KEYS;
      readonly args: readonly string[];
      readonly refusal: string;
    }
  /** The row is there and not deleted. */
  | {
      readonly kind: 'exists';
      readonly key: keyof typeof EXISTS_KEYS;
      readonly args: readonly string[];
      readonly refusal: string;
    }
  /** Fewer rows than `below` share this value. */
  | {
      readonly kind: 'count_below';
      readonly key: keyof typeof COUNT_KEYS;
      readonly args: readonly string[];
      readonly below: number;
      readonly refusal: string;
    }
  /** The invite has a use left at `now` (ms). */
  | { readonly kind: 'uses_left'; readonly code: string; readonly now: number; readonly refusal: string }
  /** In slow mode: the author's last message here is `delay` ms old at `now`. Else SLOW_MODE, with the rest. */
  | {
      readonly kind: 'slow_mode';
      readonly channel_id: Id;
      readonly user_id: Id;
      readonly now: number;
      readonly delay: number;
    }
  /** As many messages of others above `after` as the decision counted mention one of these targets; else again. */
  | {
      readonly kind: 'mentions';
      readonly channel_id: Id;
      readonly user_id: Id;
      readonly targets: readonly string[];
      readonly after: number;
      readonly value: number;
    }
  /** The row's value is still the one the decision read (null: there is no row); else it is decided again. */
  | {
      readonly kind: 'unchanged';
      readonly key: keyof typeof VALUE_KEYS;
      readonly args: readonly string[];
      readonly value: number | null;
    }
  /** Nothing changed who may do what under these keys after `position`. */
  | { readonly kind: 'authority'; readonly keys: readonly string[]; readonly position: number };

/** Where each guard looks: the table and the columns its arguments match. SQL is made from these, per engine. */
export const UNIQUE_KEYS = {
  user: { table: 'users', columns: ['id'] },
  member: { table: 'members', columns: ['server_id', 'user_id'] },
  dm: { table: 'channels', columns: ['dm_key'] },
  invite: { table: 'invites', columns: ['code'] },
  reaction_emoji: { table: 'reaction_counts', columns: ['channel_id', 'message_id', 'emoji'] },
  thread: { table: 'channels', columns: ['thread_key'] },
  thread_member: { table: 'thread_members', columns: ['channel_id', 'user_id'] },
  recipient: { table: 'recipients', columns: ['user_id', 'channel_id'] },
} as const;

export const EXISTS_KEYS = {
  message: { table: 'messages', columns: ['channel_id', 'id'], live: 'deleted_at IS NULL' },
  member: { table: 'members', columns: ['server_id', 'user_id'], live: '1 = 1' },
  invite: { table: 'invites', columns: ['code'], live: '1 = 1' },
  server: { table: 'servers', columns: ['id'], live: 'deleted_at IS NULL' },
  channel: { table: 'channels', columns: ['id'], live: 'deleted_at IS NULL' },
  reaction_emoji: { table: 'reaction_counts', columns: ['channel_id', 'message_id', 'emoji'], live: '1 = 1' },
  thread_member: { table: 'thread_members', columns: ['channel_id', 'user_id'], live: '1 = 1' },
  recipient: { table: 'recipients', columns: ['user_id', 'channel_id'], live: '1 = 1' },
} as const;

export const COUNT_KEYS = {
  channels_of_server: {
    table: 'channels',
    columns: ['server_id'],
    live: "deleted_at IS NULL AND type IN ('text', 'voice')",
  },
  active_threads_of_server: {
    table: 'channels',
    columns: ['server_id'],
    live: "type = 'thread' AND is_archived = 0 AND deleted_at IS NULL",
  },
  pins_of_channel: { table: 'pins', columns: ['channel_id'], live: '1 = 1' },
  emoji_of_message: { table: 'reaction_counts', columns: ['channel_id', 'message_id'], live: '1 = 1' },
  super_reactions_of_day: { table: 'super_reactions', columns: ['user_id', 'day'], live: '1 = 1' },
  followers_of_thread: { table: 'thread_members', columns: ['channel_id'], live: '1 = 1' },
  servers_of_user: { table: 'members', columns: ['user_id'], live: '1 = 1' },
  invites_of_server: { table: 'invites', columns: ['server_id'], live: '1 = 1' },
  dms_of_user: { table: 'recipients', columns: ['user_id'], live: 'role IS NULL' },
  /** The people of a deleted group stay in the table: they are told of its end. */
  groups_of_user: {
    table: 'recipients',
    columns: ['user_id'],
    live: 'role IS NOT NULL AND channel_id NOT IN (SELECT id FROM channels WHERE id = recipients.channel_id AND deleted_at IS NOT NULL)',
  },
  notifications_of_user: { table: 'notification_settings', columns: ['user_id'], live: '1 = 1' },
  open_reports_of_user: { table: 'reports', columns: ['reporter_id'], live: "status = 'open'" },
  roles_of_server: { table: 'roles', columns: ['server_id'], live: '1 = 1' },
  categories_of_server: { table: 'categories', columns: ['server_id'], live: '1 = 1' },
  bans_of_server: { table: 'bans', columns: ['server_id'], live: '1 = 1' },
  bans_of_group: { table: 'group_bans', columns: ['channel_id'], live: '1 = 1' },
  people_of_group: { table: 'recipients', columns: ['channel_id'], live: '1 = 1' },
  invites_of_group: { table: 'invites', columns: ['channel_id'], live: '1 = 1' },
} as const;

export const VALUE_KEYS = {
  reaction: { table: 'reactions', columns: ['channel_id', 'message_id', 'emoji', 'user_id'], value: 'position' },
  pin: { table: 'pins', columns: ['channel_id', 'message_id'], value: 'position' },
  receipt_delivered: { table: 'receipts', columns: ['channel_id', 'user_id'], value: 'delivered_position' },
  receipt_read: { table: 'receipts', columns: ['channel_id', 'user_id'], value: 'read_position' },
  read_position: { table: 'read_states', columns: ['user_id', 'channel_id'], value: 'read_position' },
} as const;

/** The keys under which an event changes what other decisions rest on: what `authority` guards watch. */
export function authorityKeys(event: { type: EventType; scope: Scope; body: unknown }): string[] {
  switch (event.type) {
    case 'ROLE_CREATE':
    case 'ROLE_UPDATE':
    case 'ROLE_DELETE':
    case 'CATEGORY_CREATE':
    case 'CATEGORY_UPDATE':
    case 'CATEGORY_DELETE':
    case 'SERVER_UPDATE':
    case 'SERVER_DELETE':
    case 'CHANNEL_DELETE':
      return [event.scope];
    case 'CHANNEL_CREATE': {
      // It comes under the overrides of its category, and counts among what those decide over.
      const { server_id, category_id, recipient_ids } = event.body as EventBody<'CHANNEL_CREATE'>;
      // A profile is written into each conversation: one that begins meanwhile must not be left out.
      if (recipient_ids !== undefined) return recipient_ids.map(placesKey);
      return server_id === undefined || category_id == null ? [] : [`server:${server_id}`];
    }
    case 'CHANNEL_UPDATE': {
      // An override, or a category, decides for its threads and for what may be granted in the server.
      const body = event.body as EventBody<'CHANNEL_UPDATE'>;
      const isRule = body.server_id !== undefined && changesView(body);
      return isRule ? [event.scope, `server:${body.server_id}`] : [event.scope];
    }
    case 'MEMBER_UPDATE': {
      const { server_id, user_id, role_ids, timed_out_until } = event.body as EventBody<'MEMBER_UPDATE'>;
      const isStanding = role_ids !== undefined || timed_out_until !== undefined;
      return isStanding && server_id !== undefined ? [memberKey(server_id, user_id)] : [];
    }
    case 'MEMBER_REMOVE': {
      const { server_id, user_id } = event.body as EventBody<'MEMBER_REMOVE'>;
      return [memberKey(server_id, user_id)];
    }
    case 'MEMBER_ADD': {
      const { server_id, user_id } = event.body as EventBody<'MEMBER_ADD'>;
      return [placesKey(user_id), memberKey(server_id, user_id)];
    }
    case 'BAN_ADD':
    case 'BAN_REMOVE': {
      const { server_id, user_id } = event.body as EventBody<'BAN_ADD'>;
      return [memberKey(server_id, user_id)];
    }
    case 'RECIPIENT_ADD':
      return [peopleKey(scopeId(event.scope)), placesKey((event.body as EventBody<'RECIPIENT_ADD'>).user_id)];
    case 'RECIPIENT_UPDATE': {
      // A new profile changes nobody's authority.
      const { role } = event.body as EventBody<'RECIPIENT_UPDATE'>;
      return role === undefined ? [] : [event.scope];
    }
    case 'RECIPIENT_REMOVE':
    case 'RECIPIENT_UNBAN':
      return [event.scope];
    case 'USER_SETTINGS_UPDATE':
    case 'RELATIONSHIP_UPDATE':
      return [relationsKey(scopeId(event.scope))];
    case 'REPORT_UPDATE':
      return [reportKey((event.body as EventBody<'REPORT_UPDATE'>).id)];
    case 'NOTIFICATION_UPDATE':
      return [notificationsKey(scopeId(event.scope))];
    case 'USER_DELETE':
    case 'USER_UPDATE':
      return [event.scope];
    case 'THREAD_MEMBER_ADD':
    case 'THREAD_MEMBER_REMOVE':
    case 'MESSAGE_PIN':
      return [countsKey(scopeId(event.scope))];
    case 'MESSAGE_DELETE':
    case 'MESSAGE_DELETE_BULK': {
      const { parent_id } = event.body as EventBody<'MESSAGE_DELETE'>;
      return parent_id === undefined ? [] : [countsKey(scopeId(event.scope))];
    }
    default:
      return [];
  }
}

/** Whom a user lets come near: privacy, friends and blocks. */
export function relationsKey(userId: Id): string {
  return `relations:${userId}`;
}

/** What the administrators made of a report. */
export function reportKey(reportId: Id): string {
  return `report:${reportId}`;
}

/** What a user wants to be told of. */
export function notificationsKey(userId: Id): string {
  return `notifications:${userId}`;
}

/** Who is in a group: what its last one's leaving rests on. Others who come change nobody else's authority. */
export function peopleKey(channelId: Id): string {
  return `people:${channelId}`;
}

/** What a thread says of itself besides its name: how many messages and followers it has. */
export function countsKey(channelId: Id): string {
  return `counts:${channelId}`;
}

/** Where a user is: a profile is written into each of these places. */
export function placesKey(userId: Id): string {
  return `places:${userId}`;
}

export function memberKey(serverId: Id, userId: Id): string {
  return `member:${serverId}:${userId}`;
}

export type { PermissionBits };
