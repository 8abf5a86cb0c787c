import { id, integer, nullable, table, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** How far the people of DMs and groups got (E23). */
export const receiptsTable = table(
  'receipts',
  {
    channel_id: id,
    user_id: id,
    delivered_position: integer,
    delivered_id: nullable(id),
    delivered_at: nullable(integer),
    read_position: integer,
    read_id: nullable(id),
    read_at: nullable(integer),
  },
  { key: ['channel_id', 'user_id'] },
);

const setReceipt = upsert(receiptsTable);
const time = (given: string | null): number | null => (given === null ? null : Date.parse(given));

export const receiptsProjection: Projection = {
  name: 'receipts',
  version: 2,
  tables: [receiptsTable],
  on: {
    RECEIPT_UPDATE: ({ body }) => [
      setReceipt({ ...body, delivered_at: time(body.delivered_at), read_at: time(body.read_at) }),
    ],
  },
};
