import { z } from 'zod';
import { defineCommand } from './command.ts';
import { Cursor, Limit, pagesOf, Time } from './fields.ts';
import { Id } from './ids.ts';
import { User } from './users.ts';

/** One administrative act (Blueprint "Audit log"). It is read from the log itself: every act is an event already. */
export const AuditEntry = z
  .object({
    position: z.int(),
    server_id: Id,
    action: z.string().meta({ description: 'The type of the event, such as ROLE_UPDATE or MEMBER_REMOVE' }),
    actor_id: Id.nullable().meta({ description: 'null: time caused it' }),
    target_id: z.string().nullable().meta({
      description: 'The id of the role, channel, member or message, or the code of the invite, it was done to',
    }),
    channel_id: Id.nullable(),
    changes: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What was set; personal words are named, not copied' }),
    reason: z.string(),
    at: Time,
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const auditCommands = {
  'audit.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/audit',
    summary: 'What was done to a server, the latest first (Manage Server)',
    params: z.object({
      server_id: Id,
      actor_id: Id.optional(),
      target_id: Id.optional(),
      action: z
        .string()
        .regex(/^[A-Z_]{3,40}$/)
        .optional(),
      cursor: Cursor.optional(),
      limit: Limit,
    }),
    result: pagesOf(AuditEntry).extend({ users: z.array(User).meta({ description: 'Those who acted' }) }),
    mission: 'Blueprint, Server Views: audit log; devchitchat, Moderation log',
    refusals: ['UNKNOWN_SERVER', 'MISSING_PERMISSION'],
  }),
};
