import { id, insert, integer, remove, table, text, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** Accounts that ended and are not wholly gone yet: a row until the job is done with it (E17). */
export const accountDeletionsTable = table(
  'account_deletions',
  { user_id: id, messages: text, position: integer },
  { key: ['user_id'] },
);

/** How far auth's feed was acted on: the number of the last entry that is in the log. */
export const authFeedTable = table('auth_feed', { issuer: id, seq: integer }, { key: ['issuer'] });

const insertDeletion = insert(accountDeletionsTable);
const removeDeletion = remove(accountDeletionsTable, ['user_id']);
const noteSeq = upsert(authFeedTable);

const FEED_TRACE = /^feed:(\d{1,15})$/;

/** The trace of what auth's feed caused. */
export function feedTrace(seq: number): string {
  return `feed:${seq}`;
}

function noteFeed(trace: string) {
  const seq = FEED_TRACE.exec(trace)?.[1];
  return seq === undefined ? [] : [noteSeq({ issuer: 'auth', seq: Number(seq) })];
}

export const deletionsProjection: Projection = {
  name: 'account_deletions',
  version: 1,
  tables: [accountDeletionsTable, authFeedTable],
  on: {
    USER_UPDATE: ({ trace }) => noteFeed(trace),
    USER_DELETE: ({ body, position, trace }) => [
      insertDeletion({ user_id: body.id, messages: body.messages, position }),
      ...noteFeed(trace),
    ],
    USER_DELETE_DONE: ({ body }) => [removeDeletion({ user_id: body.id })],
  },
};
