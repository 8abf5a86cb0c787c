/** What somebody wants to be told of, and of which targets they still may know. */
import { type Id, LIMITS, type NotificationLevel, type NotificationSetting, Permission } from '@snug/protocol';
import type { Query } from '../../log/log.ts';
import type { World } from '../../world/world.ts';

export const notificationQueries = {
  /** By target. */
  of: (userId: Id): Query<NotificationSetting[]> => ({
    sql: `SELECT target_id, level, muted_until FROM notification_settings WHERE user_id = ? ORDER BY target_id
          LIMIT ${LIMITS.NOTIFICATION_SETTINGS_PER_USER}`,
    params: [userId],
    map: (rows) =>
      rows.map((row) => ({
        target_id: row.target_id as Id,
        level: row.level as NotificationLevel | null,
        muted_until: row.muted_until === null ? null : new Date(row.muted_until as number).toISOString(),
      })),
  }),
};

/** Whether it is a server one is in, or a channel one sees. */
export function isTargetInSight(world: World, userId: Id, targetId: Id): boolean {
  const server = world.server(targetId);
  if (server !== undefined) return world.isIn(userId, server);
  const channel = world.channel(targetId);
  return channel !== undefined && world.can(userId, channel, Permission.VIEW_CHANNEL);
}
