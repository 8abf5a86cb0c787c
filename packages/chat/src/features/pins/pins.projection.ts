import { id, insert, integer, remove, table } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** What is pinned now: at most `LIMITS.PINS_PER_CHANNEL` a channel. */
export const pinsTable = table(
  'pins',
  { channel_id: id, message_id: id, position: integer, pinned_by: id, pinned_at: integer },
  { key: ['channel_id', 'message_id'], indexes: [{ columns: ['channel_id', 'position'] }] },
);

const insertPin = insert(pinsTable);
const removePin = remove(pinsTable, ['channel_id', 'message_id']);

export const pinsProjection: Projection = {
  name: 'pins',
  version: 2,
  tables: [pinsTable],
  on: {
    MESSAGE_PIN: ({ body: { channel_id, message_id, pinned_by, pinned_at }, position }) => [
      insertPin({ channel_id, message_id, position, pinned_by, pinned_at: Date.parse(pinned_at) }),
    ],
    MESSAGE_UNPIN: ({ body: { channel_id, message_id } }) => [removePin({ channel_id, message_id })],
    MESSAGE_DELETE: ({ body: { channel_id, id: message_id } }) => [removePin({ channel_id, message_id })],
    MESSAGE_DELETE_BULK: ({ body: { channel_id, ids } }) =>
      ids.map((message_id) => removePin({ channel_id, message_id })),
    PURGE: ({ body }) =>
      Object.entries(body.channels).flatMap(([channel_id, ids]) =>
        ids.map((message_id) => removePin({ channel_id, message_id })),
      ),
  },
};
