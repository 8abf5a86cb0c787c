import type { User } from '@snug/protocol';
import { usernameKey } from '@snug/protocol';
import { scopeId } from '../../log/envelope.ts';
import { id, insert, integer, nullable, patch, patchGiven, remove, table, text, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';
import { joinsExisting } from '../members/members.queries.ts';
import { isThere } from './is-there.ts';

export const usersTable = table(
  'users',
  {
    id,
    username: text,
    username_key: text,
    discriminator: text,
    display_name: text,
    /** As the search compares it; '' for those it never finds. */
    display_key: text,
    avatar_url: text,
    bio: text,
    custom_status: text,
    custom_status_expires_at: nullable(integer),
    is_deleted: integer,
    is_bot: integer,
    origin: nullable(text),
    created_at: integer,
    /** The last position that changed who-sees-what for this user (E4). */
    visible_since: integer,
  },
  { key: ['id'], indexes: [{ columns: ['username_key'] }, { columns: ['display_key'] }] },
);

const insertUser = insert(usersTable);
const stampUser = patch(usersTable, ['visible_since'], ['id']);

const columnsOf = (user: User) => ({
  username: user.username,
  username_key: usernameKey(user.username),
  discriminator: user.discriminator,
  display_name: user.display_name,
  display_key: isThere(user) ? usernameKey(user.display_name) : '',
  avatar_url: user.avatar_url,
  bio: user.bio,
  custom_status: user.custom_status,
  custom_status_expires_at: user.custom_status_expires_at == null ? null : Date.parse(user.custom_status_expires_at),
  is_deleted: Number(user.is_deleted === true),
});

export const usersProjection: Projection = {
  name: 'users',
  version: 3,
  tables: [usersTable],
  on: {
    USER_CREATE: ({ body }) => [
      insertUser({
        id: body.id,
        ...columnsOf(body),
        is_bot: Number(body.is_bot),
        origin: body.origin ?? null,
        created_at: Date.parse(body.created_at),
        visible_since: 0,
      }),
    ],
    USER_UPDATE: ({ body }) => patchGiven(usersTable, { id: body.id }, columnsOf(body)),
    MEMBER_ADD: ({ body, position }) =>
      joinsExisting(body.via) ? [stampUser({ id: body.user_id, visible_since: position })] : [],
    MEMBER_REMOVE: ({ body, position }) => [stampUser({ id: body.user_id, visible_since: position })],
    MEMBER_UPDATE: ({ body, position }) =>
      body.role_ids === undefined ? [] : [stampUser({ id: body.user_id, visible_since: position })],
    RECIPIENT_ADD: ({ body, position }) => [stampUser({ id: body.user_id, visible_since: position })],
    RECIPIENT_REMOVE: ({ body, position }) => [stampUser({ id: body.user_id, visible_since: position })],
  },
};

export const settingsTable = table('user_settings', { user_id: id, settings: text }, { key: ['user_id'] });

export const relationshipsTable = table(
  'relationships',
  { user_id: id, other_id: id, type: text, since: integer },
  { key: ['user_id', 'other_id'] },
);

const setSettings = upsert(settingsTable);
const setRelationship = upsert(relationshipsTable);
const endRelationship = remove(relationshipsTable, ['user_id', 'other_id']);
const forgetSettings = remove(settingsTable, ['user_id']);
const endRelationships = remove(relationshipsTable, ['user_id']);

/** What a person decided for themselves, and how they stand to others. */
export const privacyProjection: Projection = {
  name: 'privacy',
  version: 2,
  tables: [settingsTable, relationshipsTable],
  on: {
    USER_SETTINGS_UPDATE: ({ subject, body }) => [setSettings({ user_id: subject, settings: JSON.stringify(body) })],
    RELATIONSHIP_UPDATE: ({ scope, body }) => {
      const user_id = scopeId(scope);
      return body.type === null
        ? [endRelationship({ user_id, other_id: body.user_id })]
        : [setRelationship({ user_id, other_id: body.user_id, type: body.type, since: Date.parse(body.since) })];
    },
    USER_DELETE: ({ body }) => [forgetSettings({ user_id: body.id }), endRelationships({ user_id: body.id })],
  },
};
