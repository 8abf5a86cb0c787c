import { type CommandParams, LIMITS, type NotificationSetting, Refusal } from '@snug/protocol';
import type { Decide, HandlerOf } from '../../commands/handler.ts';
import { type Guard, notificationsKey, userScope } from '../../log/envelope.ts';
import { isTargetInSight, notificationQueries } from './notifications.queries.ts';

/** What one does not see any more is left out; it is back with the target. */
export const listNotifications: HandlerOf<'notification.list'> = {
  limit: 'read',
  query: async ({ after, limit }, { actor }, { world, log }) => {
    const { value, position } = await log.read({ all: notificationQueries.of(actor.userId) });
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const items = value.all.filter(
      ({ target_id }) => (after === undefined || target_id > after) && isTargetInSight(world, actor.userId, target_id),
    );
    return { result: { items: items.slice(0, size), has_more: items.length > size }, position };
  },
};

interface Loaded {
  readonly position: number;
  readonly settings: readonly NotificationSetting[];
}

export const setNotification: HandlerOf<'notification.set'> = {
  limit: 'write',
  load: async (_params, { actor }, { log }) => {
    const { value, position } = await log.read({ all: notificationQueries.of(actor.userId) });
    return { position, settings: value.all };
  },
  decide: ({ world, params, actor, loaded }: Decide<CommandParams<'notification.set'>, Loaded>) => {
    const { target_id } = params;
    if (!isTargetInSight(world, actor.userId, target_id)) throw new Refusal('UNKNOWN_TARGET');
    const known = loaded.settings.find((setting) => setting.target_id === target_id);
    const before = known ?? { target_id, level: null, muted_until: null };
    const setting = { ...before, ...changesOf(params) };
    if (setting.level === before.level && setting.muted_until === before.muted_until) return { answer: before };
    // A field that is left out keeps what it was when this was decided.
    const guards: Guard[] = [
      { kind: 'authority', keys: [notificationsKey(actor.userId)], position: loaded.position },
      ...(known === undefined ? [underLimit(actor.userId)] : []),
    ];
    const scope = userScope(actor.userId);
    return {
      events: [{ type: 'NOTIFICATION_UPDATE', scope, subject: target_id, body: setting }],
      guards,
      result: () => setting,
    };
  },
};

function changesOf({ level, muted_until }: CommandParams<'notification.set'>): Partial<NotificationSetting> {
  const until = typeof muted_until === 'string' ? new Date(muted_until).toISOString() : muted_until;
  return { ...(level === undefined ? {} : { level }), ...(until === undefined ? {} : { muted_until: until }) };
}

function underLimit(userId: string): Guard {
  const below = LIMITS.NOTIFICATION_SETTINGS_PER_USER;
  return { kind: 'count_below', key: 'notifications_of_user', args: [userId], below, refusal: 'LIMIT_REACHED' };
}
