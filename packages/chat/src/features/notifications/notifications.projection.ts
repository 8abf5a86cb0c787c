import { scopeId } from '../../log/envelope.ts';
import { id, integer, nullable, remove, table, text, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** No row says the same as one that says nothing of both. */
export const notificationsTable = table(
  'notification_settings',
  { user_id: id, target_id: id, level: nullable(text), muted_until: nullable(integer) },
  { key: ['user_id', 'target_id'] },
);

const setNotification = upsert(notificationsTable);
const forgetNotification = remove(notificationsTable, ['user_id', 'target_id']);
const forgetAll = remove(notificationsTable, ['user_id']);

export const notificationsProjection: Projection = {
  name: 'notification_settings',
  version: 2,
  tables: [notificationsTable],
  on: {
    NOTIFICATION_UPDATE: ({ scope, body }) => {
      const { target_id, level, muted_until } = body;
      const key = { user_id: scopeId(scope), target_id };
      if (level === null && muted_until === null) return [forgetNotification(key)];
      return [setNotification({ ...key, level, muted_until: muted_until === null ? null : Date.parse(muted_until) })];
    },
    USER_DELETE: ({ body }) => [forgetAll({ user_id: body.id })],
  },
};
