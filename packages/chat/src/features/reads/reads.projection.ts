import { id, integer, nullable, remove, table, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const readsTable = table(
  'read_states',
  { user_id: id, channel_id: id, last_read_id: nullable(id), read_position: integer, mention_count: integer },
  { key: ['user_id', 'channel_id'] },
);

const setRead = upsert(readsTable);
const forgetReads = remove(readsTable, ['user_id']);

export const readsProjection: Projection = {
  name: 'read_states',
  version: 3,
  tables: [readsTable],
  on: {
    // Sending acknowledges what came before (E22).
    MESSAGE_CREATE: ({ body, position, origin }) =>
      origin === 'import' || (body.type !== 'default' && body.type !== 'reply')
        ? []
        : [
            setRead({
              user_id: body.author_id,
              channel_id: body.channel_id,
              last_read_id: body.id,
              read_position: position,
              mention_count: 0,
            }),
          ],
    USER_DELETE: ({ body }) => [forgetReads({ user_id: body.id })],
    READ_STATE_UPDATE: ({ body }) => [
      setRead({
        user_id: body.user_id,
        channel_id: body.channel_id,
        last_read_id: body.last_read_id,
        read_position: body.read_position,
        mention_count: body.mention_count,
      }),
    ],
  },
};
