import type { Id } from '@snug/protocol';
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
  version: 4,
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
    // Whoever follows a thread, or comes into a group, has read what was said before.
    THREAD_MEMBER_ADD: ({ body, position }) => [setRead(readFrom(body.user_id, body.channel_id, position))],
    RECIPIENT_ADD: ({ body, position }) => [setRead(readFrom(body.user_id, body.channel_id, position))],
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

function readFrom(user_id: Id, channel_id: Id, read_position: number) {
  return { user_id, channel_id, last_read_id: null, read_position, mention_count: 0 };
}
