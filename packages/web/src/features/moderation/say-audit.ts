import type { State } from '@snug/client';
import { select } from '@snug/client';
import type { AuditEntry, Id } from '@snug/protocol';
import { sayWhen } from '../../app/say-time.ts';
import { en } from '../../strings/en.ts';
import { t } from '../../strings/t.ts';
import { findCategory } from '../channels/find-category.ts';
import { AUDIT_ACTIONS, type AuditAction, isAuditAction } from './audit-actions.ts';

export interface AuditWords {
  /** Who did what. */
  readonly sentence: string;
  /** What was set, in a few words each. */
  readonly changes: readonly string[];
}

/** What the log's own entries know. */
export interface AuditNames {
  /** How people are called. */
  readonly nameOf: (userId: Id) => string;
  /** How roles, channels and categories were called that may be gone. */
  readonly onceCalled: ReadonlyMap<Id, string>;
}

/** The names that entries tell of what they are about; the latest stands first in the log, and wins. */
export function onceCalled(entries: readonly AuditEntry[]): ReadonlyMap<Id, string> {
  const named = new Map<Id, string>();
  for (const { target_id: id, changes } of entries) {
    if (id !== null && typeof changes.name === 'string' && !named.has(id)) named.set(id, changes.name);
  }
  return named;
}

/** An act in words. */
export function sayAudit(state: State, entry: AuditEntry, names: AuditNames): AuditWords {
  // What something began with is no change.
  const given = entry.action.endsWith('_CREATE') ? [] : Object.entries(entry.changes);
  const changes = given.flatMap(([field, value]) => sayChange(state, entry, field, value));
  const who = entry.actor_id === null ? t('audit.nobody') : names.nameOf(entry.actor_id);
  if (!isAuditAction(entry.action)) return { sentence: t('audit.other', who, entry.action), changes };
  const what = sayTarget(state, entry, names);
  const channel = state.channels.get(entry.channel_id ?? '');
  const where = channel === undefined ? t('audit.nowhere') : t('channel.name', channel.name);
  const say: (...words: string[]) => string = en[`audit.${narrow(entry.action, entry.changes)}`];
  return { sentence: say(who, what, where), changes };
}

/** Which sentence: a change of a member is one of several acts. */
function narrow(action: AuditAction, changes: AuditEntry['changes']): AuditAction | MemberAct {
  if (action !== 'MEMBER_UPDATE') return action;
  if ('timed_out_until' in changes) return changes.timed_out_until === null ? 'TIMEOUT_END' : 'TIMEOUT';
  if ('role_ids' in changes) return 'MEMBER_ROLES';
  return 'nickname' in changes ? 'MEMBER_NICKNAME' : action;
}

type MemberAct = 'TIMEOUT' | 'TIMEOUT_END' | 'MEMBER_ROLES' | 'MEMBER_NICKNAME';

function sayTarget(state: State, entry: AuditEntry, { nameOf, onceCalled: called }: AuditNames): string {
  const { server_id: serverId, target_id: id } = entry;
  if (id === null || !isAuditAction(entry.action)) return t('audit.nameless');
  const once = called.get(id) ?? t('audit.nameless');
  switch (AUDIT_ACTIONS[entry.action]) {
    case 'person':
      return nameOf(id);
    case 'role':
      return state.roles.get(serverId)?.find((role) => role.id === id)?.name ?? once;
    case 'category':
      return findCategory(state, serverId, id)?.name ?? once;
    case 'channel':
      return t('channel.name', state.channels.get(id)?.name ?? once);
    case 'message':
      return typeof entry.changes.author_id === 'string' ? nameOf(entry.changes.author_id) : '';
    default:
      return id;
  }
}

type Sayer = (value: unknown, state: State, serverId: Id) => string;

const NAMED = [
  'topic',
  'description',
  'icon_url',
  'color',
  'permissions',
  'permission_overrides',
  'position',
  'category_id',
  'system_channel_id',
] as const;
const YES_OR_NO = [
  'is_mentionable',
  'is_public',
  'is_private',
  'is_nsfw',
  'is_archived',
  'is_muted',
  'is_deafened',
] as const;

/** What each field says; a field that is not here says nothing to a reader. */
const FIELDS: Readonly<Record<string, Sayer>> = {
  name: (value) => t('audit.field.name', String(value)),
  slow_mode_delay: (value) => t('audit.field.slow_mode_delay', t('channel.slow.of', Number(value))),
  count: (value) => t('audit.field.count', Number(value)),
  owner_id: (value, state, serverId) => t('audit.field.owner_id', select.memberName(state, serverId, String(value))),
  timed_out_until: (value) =>
    typeof value === 'string' ? t('audit.field.timed_out_until', sayWhen(new Date(value), new Date())) : '',
  role_ids: (value, state, serverId) => {
    const ids = Array.isArray(value) ? value : [];
    const names = (state.roles.get(serverId) ?? []).filter((role) => ids.includes(role.id)).map((role) => role.name);
    return t('audit.field.role_ids', names.join(', '));
  },
  ...Object.fromEntries(NAMED.map((field) => [field, () => t(`audit.field.${field}`)])),
  ...Object.fromEntries(
    YES_OR_NO.map((field) => [field, (value: unknown) => t(`audit.field.${field}.${value === true}`)]),
  ),
};

function sayChange(state: State, entry: AuditEntry, field: string, value: unknown): string[] {
  const say = FIELDS[field];
  return say === undefined ? [] : [say(value, state, entry.server_id)].filter(Boolean);
}
