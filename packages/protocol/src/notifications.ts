import { z } from 'zod';
import { defineCommand } from './command.ts';
import { GivenTime, Limit, listOf, Time } from './fields.ts';
import { Id } from './ids.ts';

export const NotificationLevel = z.enum(['all', 'mentions', 'none']).meta({ id: 'NotificationLevel' });
export type NotificationLevel = z.infer<typeof NotificationLevel>;

/** What somebody wants to be told of a server or a channel. A channel without one follows its server. */
export const NotificationSetting = z
  .object({
    target_id: Id.meta({ description: 'A server, or a channel' }),
    level: NotificationLevel.nullable().meta({
      description: 'null: as above it; at the top all in DMs, mentions in servers',
    }),
    muted_until: Time.nullable().meta({ description: 'Nothing until then; the year 9999 is for good' }),
  })
  .meta({ id: 'NotificationSetting' });
export type NotificationSetting = z.infer<typeof NotificationSetting>;

/** Blueprint "Notification preferences per channel/server". Facts in the log: every device knows them. */
export const notificationCommands = {
  'notification.list': defineCommand({
    method: 'GET',
    path: '/users/@me/notifications',
    summary: 'What you want to be told of, ordered by target',
    params: z.object({ after: Id.optional(), limit: Limit }),
    result: listOf(NotificationSetting),
    mission: 'Blueprint, notifications',
  }),
  'notification.set': defineCommand({
    method: 'PUT',
    path: '/users/@me/notifications/{target_id}',
    summary: 'Say what you want to be told of a server or a channel',
    params: z.object({
      target_id: Id,
      level: NotificationLevel.nullable().optional().meta({ description: 'Left out: unchanged' }),
      muted_until: GivenTime.nullable().optional().meta({ description: 'Left out: unchanged' }),
    }),
    result: NotificationSetting,
    mission: 'Blueprint, notifications',
    refusals: ['UNKNOWN_TARGET', 'LIMIT_REACHED'],
  }),
};
