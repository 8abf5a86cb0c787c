/** Where imported authors are read. */
import type { Id } from '@snug/protocol';
import type { Query } from '../../log/log.ts';

export const authorQueries = {
  channelsOf: (userId: Id): Query<Id[]> => ({
    sql: 'SELECT channel_id FROM imported_authors WHERE user_id = ? LIMIT 1000',
    params: [userId],
    map: (rows) => rows.map((row) => row.channel_id as Id),
  }),
};
