import { id, insert, integer, patchGiven, remove, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const categoriesTable = table(
  'categories',
  { id, server_id: id, name: text, position: integer, permission_overrides: text, created_at: integer },
  { key: ['id'], indexes: [{ columns: ['server_id'] }] },
);

const insertCategory = insert(categoriesTable);
const removeCategory = remove(categoriesTable, ['id']);

export const categoriesProjection: Projection = {
  name: 'categories',
  version: 1,
  tables: [categoriesTable],
  on: {
    CATEGORY_CREATE: ({ body, at }) => [
      insertCategory({
        id: body.id,
        server_id: body.server_id,
        name: body.name,
        position: body.position,
        permission_overrides: JSON.stringify(body.permission_overrides),
        created_at: at,
      }),
    ],
    CATEGORY_UPDATE: ({ body }) =>
      patchGiven(
        categoriesTable,
        { id: body.id },
        {
          name: body.name,
          position: body.position,
          permission_overrides:
            body.permission_overrides === undefined ? undefined : JSON.stringify(body.permission_overrides),
        },
      ),
    CATEGORY_DELETE: ({ body }) => [removeCategory({ id: body.id })],
  },
};
