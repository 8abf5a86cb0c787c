import { id, insert, integer, nullable, patch, patchGiven, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** The queue of the administrators. Words go with the account of whoever wrote them (E25). */
export const reportsTable = table(
  'reports',
  {
    id,
    /** Of the event that made it. */
    position: integer,
    reporter_id: id,
    /** Who is reported. */
    user_id: id,
    channel_id: nullable(id),
    message_id: nullable(id),
    reason: text,
    evidence: text,
    status: text,
    note: text,
    /** Who wrote the note, reopened or not. */
    noted_by: nullable(id),
    resolved_by: nullable(id),
    resolved_at: nullable(integer),
    created_at: integer,
  },
  {
    key: ['id'],
    indexes: [
      { columns: ['status'] },
      { columns: ['reporter_id', 'status'] },
      { columns: ['user_id'] },
      { columns: ['noted_by'] },
    ],
  },
);

const insertReport = insert(reportsTable);
const blankReason = patch(reportsTable, ['reason'], ['reporter_id']);
const blankNote = patch(reportsTable, ['note'], ['noted_by']);
const blankEvidence = patch(reportsTable, ['evidence'], ['user_id']);

export const reportsProjection: Projection = {
  name: 'reports',
  version: 2,
  tables: [reportsTable],
  on: {
    REPORT_CREATE: ({ body, position }) => [
      insertReport({
        id: body.id,
        position,
        reporter_id: body.reporter_id,
        user_id: body.user_id,
        channel_id: body.channel_id ?? null,
        message_id: body.message_id ?? null,
        reason: body.reason,
        evidence: body.evidence,
        status: body.status,
        note: body.note,
        noted_by: null,
        resolved_by: null,
        resolved_at: null,
        created_at: Date.parse(body.created_at),
      }),
    ],
    REPORT_UPDATE: ({ body: { id: reportId, status, note, resolved_by, resolved_at }, actor }) =>
      patchGiven(
        reportsTable,
        { id: reportId },
        {
          status,
          note,
          noted_by: note === undefined ? undefined : actor,
          resolved_by,
          resolved_at: resolved_at === null ? null : Date.parse(resolved_at),
        },
      ),
    USER_DELETE: ({ body: { id: userId, messages } }) => [
      ...(messages === 'keep'
        ? []
        : [blankReason({ reporter_id: userId, reason: '' }), blankNote({ noted_by: userId, note: '' })]),
      ...(messages === 'erase' ? [blankEvidence({ user_id: userId, evidence: '' })] : []),
    ],
  },
};
