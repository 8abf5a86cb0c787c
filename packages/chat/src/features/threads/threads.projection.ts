import { id, integer, remove, table, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const threadMembersTable = table(
  'thread_members',
  { channel_id: id, user_id: id, joined_at: integer },
  { key: ['channel_id', 'user_id'], indexes: [{ columns: ['user_id'] }] },
);

const setMember = upsert(threadMembersTable);
const removeMember = remove(threadMembersTable, ['channel_id', 'user_id']);
const forgetPerson = remove(threadMembersTable, ['user_id']);

export const threadsProjection: Projection = {
  name: 'thread_members',
  version: 2,
  tables: [threadMembersTable],
  on: {
    THREAD_MEMBER_ADD: ({ body, at }) => [
      setMember({ channel_id: body.channel_id, user_id: body.user_id, joined_at: at }),
    ],
    THREAD_MEMBER_REMOVE: ({ body }) => [removeMember({ channel_id: body.channel_id, user_id: body.user_id })],
    USER_DELETE: ({ body }) => [forgetPerson({ user_id: body.id })],
  },
};
