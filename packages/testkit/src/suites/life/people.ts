import type { Doing } from './memory.ts';

const LEVELS = ['all', 'mentions', 'none', null];

/** What people do with themselves and each other. */
export const personal = {
  rename_user: (life, who, _a, b) =>
    life.perform(
      who,
      'user.update',
      b % 2 === 0 ? { display_name: `name ${life.count}` } : { custom_status: `mood ${life.count}` },
    ),
  befriend: (life, who, a) => life.perform(who, 'relationship.set', { user_id: life.person(a), type: 'friend' }),
  block: (life, who, a) => life.perform(who, 'relationship.set', { user_id: life.person(a), type: 'blocked' }),
  /** Unfriend, take back, decline, unblock. */
  part: (life, who, a) => life.perform(who, 'relationship.delete', { user_id: life.person(a) }),
  settings: (life, who, a, b) =>
    life.perform(who, 'settings.update', { is_findable: a % 2 === 0, sends_receipts: b % 2 === 0 }),
  notify: (life, who, a, b) => {
    const target = life.one([...life.servers, ...life.channels], a);
    const muted_until = b % 3 === 0 ? new Date(Date.now() + 3_600_000).toISOString() : null;
    const params = { target_id: target?.id, level: life.one(LEVELS, b), muted_until };
    return life.perform(who, 'notification.set', params);
  },
} satisfies Record<string, Doing>;
