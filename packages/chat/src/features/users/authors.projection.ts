import { id, table, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** Imported authors are in no place: whoever can read where they wrote may know them. */
export const importedAuthorsTable = table(
  'imported_authors',
  { user_id: id, channel_id: id },
  { key: ['user_id', 'channel_id'] },
);

const noteAuthor = upsert(importedAuthorsTable);

export const importedAuthorsProjection: Projection = {
  name: 'imported_authors',
  version: 1,
  tables: [importedAuthorsTable],
  on: {
    MESSAGE_CREATE: ({ body, origin }) =>
      origin === 'import' ? [noteAuthor({ user_id: body.author_id, channel_id: body.channel_id })] : [],
  },
};
