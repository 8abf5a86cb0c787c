import { id, insert, integer, nullable, remove, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** What is still to be erased of what an author said: a row until the job is done with it (E17). */
export const authorPurgesTable = table(
  'author_purges',
  {
    /** Of the event that asked for it: nothing said later is touched. */
    position: integer,
    author_id: id,
    /** null: everywhere. */
    server_id: nullable(id),
    since: nullable(integer),
    cause: text,
    asked_by: id,
  },
  { key: ['position'] },
);

const insertPurge = insert(authorPurgesTable);
const removePurge = remove(authorPurgesTable, ['position']);

export const purgesProjection: Projection = {
  name: 'purges',
  version: 1,
  tables: [authorPurgesTable],
  on: {
    AUTHOR_PURGE: ({ body, position, actor }) => [
      insertPurge({
        position,
        author_id: body.author_id,
        server_id: body.server_id,
        since: body.since === null ? null : Date.parse(body.since),
        cause: body.cause,
        asked_by: actor,
      }),
    ],
    AUTHOR_PURGE_DONE: ({ body }) => [removePurge({ position: body.purge })],
  },
};
