import { z } from 'zod';
import { defineCommand } from './command.ts';
import { Limit, listOf, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { User } from './users.ts';

/** A report of a user or a message (design_plan, "report user"). Its evidence is a copy of its own, erasable (E25). */
export const Report = z
  .object({
    id: Id,
    reporter_id: Id,
    user_id: Id.meta({ description: 'Who is reported' }),
    channel_id: Id.optional(),
    message_id: Id.optional(),
    reason: z.string(),
    evidence: z.string().meta({ description: 'What the message said when it was reported' }),
    status: z.enum(['open', 'resolved', 'dismissed']),
    note: z.string().meta({ description: 'What the administrator wrote' }),
    resolved_by: Id.nullable(),
    resolved_at: Time.nullable(),
    created_at: Time,
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof Report>;

export const reportCommands = {
  'report.create': defineCommand({
    method: 'POST',
    path: '/reports',
    summary: 'Report a user, or a message you can see, to the administrators of the instance',
    params: z.object({
      user_id: Id.optional(),
      channel_id: Id.optional(),
      message_id: Id.optional(),
      reason: text(LIMITS.REPORT_REASON_MAX, 1),
    }),
    result: z.object({ id: Id, created_at: Time }),
    status: 201,
    mission: 'design_plan, reports',
    refusals: ['UNKNOWN_USER', 'UNKNOWN_CHANNEL', 'UNKNOWN_MESSAGE', 'NOT_YOURSELF', 'LIMIT_REACHED'],
  }),
  'report.list': defineCommand({
    method: 'GET',
    path: '/admin/reports',
    summary: 'The queue of reports, the newest first (administrator)',
    params: z.object({
      status: z.enum(['open', 'resolved', 'dismissed']).optional(),
      before: Id.optional(),
      limit: Limit,
    }),
    result: listOf(Report).extend({ users: z.array(User) }),
    caller: 'admin',
    mission: 'design_plan, admin panel for reports',
    refusals: ['NOT_AN_ADMIN'],
  }),
  'report.get': defineCommand({
    method: 'GET',
    path: '/admin/reports/{report_id}',
    summary: 'One report (administrator)',
    params: z.object({ report_id: Id }),
    result: Report,
    caller: 'admin',
    mission: 'design_plan, admin panel for reports',
    refusals: ['NOT_AN_ADMIN', 'UNKNOWN_REPORT'],
  }),
  'report.resolve': defineCommand({
    method: 'PATCH',
    path: '/admin/reports/{report_id}',
    summary: 'Close a report, or open it again; with delete_message the reported message goes (administrator)',
    params: z.strictObject({
      report_id: Id,
      status: z.enum(['open', 'resolved', 'dismissed']),
      note: text(LIMITS.REPORT_REASON_MAX).optional().meta({ description: 'Left out: unchanged' }),
      delete_message: z.boolean().optional(),
    }),
    result: Report,
    caller: 'admin',
    mission: 'design_plan, admin panel for reports',
    refusals: ['NOT_AN_ADMIN', 'UNKNOWN_REPORT'],
  }),
};
