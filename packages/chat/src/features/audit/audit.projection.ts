import type { Id } from '@snug/protocol';
import type { LogEventOf } from '../../log/envelope.ts';
import { id, insert, integer, nullable, type RowOperation, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** Administrative acts, by the position of their event: every act is an event already, so none is written twice. */
export const auditTable = table(
  'audit',
  {
    position: integer,
    server_id: id,
    action: text,
    /** null: time caused it. */
    actor_id: nullable(id),
    target_id: nullable(text),
    channel_id: nullable(id),
    changes: text,
    at: integer,
  },
  { key: ['position'], indexes: [{ columns: ['server_id', 'position'] }] },
);

/** Why something was done, by the position of the act. */
export const auditReasonsTable = table(
  'audit_reasons',
  { position: integer, server_id: id, reason: text },
  { key: ['position'] },
);

const insertEntry = insert(auditTable);
const insertReason = insert(auditReasonsTable);

interface Act {
  readonly server: Id | undefined;
  readonly target?: string | null;
  readonly channel?: Id;
  readonly changes?: Record<string, unknown>;
}

type Acting = Pick<LogEventOf<'SERVER_UPDATE'>, 'position' | 'actor' | 'at' | 'origin'> & { readonly type: string };

function entry(
  { position, type, actor, at, origin }: Acting,
  { server, target, channel, changes }: Act,
): RowOperation[] {
  // A conversation has no audit log, and an import is nobody's act.
  if (server === undefined || origin === 'import') return [];
  const row = { position, server_id: server, action: type, actor_id: actor === '' ? null : actor, at };
  const named = { target_id: target ?? null, channel_id: channel ?? null, changes: JSON.stringify(changes ?? {}) };
  return [insertEntry({ ...row, ...named })];
}

/** What was set. Who and where stand beside it. */
function settings(body: object, ...left: string[]): Record<string, unknown> {
  const known = new Set(['id', 'server_id', 'created_at', 'updated_at', 'deleted_at', ...left]);
  return Object.fromEntries(Object.entries(body).filter(([field, value]) => !known.has(field) && value !== undefined));
}

/** Only what moderators do to others; and what somebody does with their own roles, for that takes a permission too. */
function memberUpdate(event: LogEventOf<'MEMBER_UPDATE'>): RowOperation[] {
  const { server_id, user_id, user, channel_id: _channel, ...changes } = event.body;
  const isOwnName = event.actor === user_id && changes.role_ids === undefined;
  if (user !== undefined || isOwnName) return [];
  // A name is a personal word: that it changed is said, not to what.
  const said = changes.nickname === undefined ? changes : { ...changes, nickname: null };
  return entry(event, { server: server_id, target: user_id, changes: settings(said) });
}

/** The maker of a thread deletes it as its author deletes a message. */
function channelDelete(event: LogEventOf<'CHANNEL_DELETE'>): RowOperation[] {
  const { id: channel, server_id, parent_id, owner_id } = event.body;
  if (parent_id !== undefined && owner_id === event.actor) return [];
  const changes = parent_id === undefined ? {} : { parent_id };
  return entry(event, { server: server_id, target: channel, channel, changes });
}

export const auditProjection: Projection = {
  name: 'audit',
  version: 2,
  tables: [auditTable, auditReasonsTable],
  on: {
    AUDIT_NOTE: ({ position, body }) => [
      insertReason({ position: position + 1, server_id: body.server_id, reason: body.reason }),
    ],
    SERVER_UPDATE: (event) =>
      entry(event, { server: event.body.id, target: event.body.id, changes: settings(event.body) }),
    ROLE_CREATE: (event) =>
      event.body.is_default
        ? []
        : entry(event, {
            server: event.body.server_id,
            target: event.body.id,
            changes: settings(event.body, 'is_default'),
          }),
    ROLE_UPDATE: (event) =>
      event.body.is_shifted
        ? []
        : entry(event, { server: event.body.server_id, target: event.body.id, changes: settings(event.body) }),
    ROLE_DELETE: (event) => entry(event, { server: event.body.server_id, target: event.body.id }),
    CATEGORY_CREATE: (event) =>
      entry(event, { server: event.body.server_id, target: event.body.id, changes: { name: event.body.name } }),
    CATEGORY_UPDATE: (event) =>
      entry(event, { server: event.body.server_id, target: event.body.id, changes: settings(event.body) }),
    CATEGORY_DELETE: (event) => entry(event, { server: event.body.server_id, target: event.body.id }),
    CHANNEL_CREATE: (event) => {
      const { id: channel, server_id, parent_id, name, type, is_private, category_id } = event.body;
      if (parent_id !== undefined) return [];
      return entry(event, {
        server: server_id,
        target: channel,
        channel,
        changes: { name, type, is_private, category_id },
      });
    },
    CHANNEL_UPDATE: (event) => {
      const { id: channel, server_id, parent_id } = event.body;
      if (parent_id !== undefined) return [];
      return entry(event, { server: server_id, target: channel, channel, changes: settings(event.body) });
    },
    CHANNEL_DELETE: channelDelete,
    MEMBER_UPDATE: memberUpdate,
    MEMBER_REMOVE: (event) => {
      const { server_id, user_id, removed_by, is_banned } = event.body;
      return removed_by === user_id || is_banned ? [] : entry(event, { server: server_id, target: user_id });
    },
    BAN_ADD: (event) => {
      const { server_id, user_id, reason, delete_message_seconds } = event.body;
      const changes = delete_message_seconds === undefined ? {} : { delete_message_seconds };
      return [
        ...entry(event, { server: server_id, target: user_id, changes }),
        ...(reason === '' ? [] : [insertReason({ position: event.position, server_id, reason })]),
      ];
    },
    BAN_REMOVE: (event) => entry(event, { server: event.body.server_id, target: event.body.user_id }),
    INVITE_CREATE: (event) => {
      const { server_id, code, max_uses, expires_at, role_id } = event.body;
      return entry(event, { server: server_id, target: code, changes: settings({ max_uses, expires_at, role_id }) });
    },
    INVITE_DELETE: (event) => entry(event, { server: event.body.server_id, target: event.body.code }),
    MESSAGE_DELETE: (event) => {
      const { id: message, channel_id, server_id, author_id } = event.body;
      if (author_id === undefined || author_id === event.actor) return [];
      return entry(event, { server: server_id, target: message, channel: channel_id, changes: { author_id } });
    },
    MESSAGE_DELETE_BULK: (event) => {
      const { channel_id, server_id, ids, cause } = event.body;
      if (cause !== 'moderator') return [];
      return entry(event, { server: server_id, channel: channel_id, changes: { count: ids.length } });
    },
    MESSAGE_REACTION_CLEAR: (event) => {
      const { channel_id, server_id, message_id, emoji } = event.body;
      return entry(event, { server: server_id, target: message_id, channel: channel_id, changes: { emoji } });
    },
    MESSAGE_PIN: (event) => {
      const { channel_id, server_id, message_id } = event.body;
      return entry(event, { server: server_id, target: message_id, channel: channel_id });
    },
    MESSAGE_UNPIN: (event) => {
      const { channel_id, server_id, message_id } = event.body;
      return entry(event, { server: server_id, target: message_id, channel: channel_id });
    },
  },
};
