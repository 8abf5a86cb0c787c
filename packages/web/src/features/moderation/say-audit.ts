import type { State } from '@snug/client';
import { select } from '@snug/client';
import type { AuditEntry, Id, User } from '@snug/protocol';
import { sayWhen } from '../../app/say-time.ts';
import { en } from '../../strings/en.ts';
import { t } from '../../strings/t.ts';
import { categoriesOf } from '../channels/find-category.ts';
import { AUDIT_ACTIONS, isAuditAction } from './audit-actions.ts';

export interface AuditWords {
  /** Who did what. */
  readonly sentence: string;
  /** What was set, in a few words each. */
  readonly changes: readonly string[];
}

/** An act in words. `users`: those who acted, as the log's answer names them. */
export function sayAudit(state: State, entry: AuditEntry, users: ReadonlyMap<Id, User>): AuditWords {
  const changes = Object.entries(entry.changes).flatMap(([field, value]) => sayChange(state, entry, field, value));
  const who = entry.actor_id === null ? t('audit.nobody') : sayPerson(state, entry.server_id, entry.actor_id, users);
  if (!isAuditAction(entry.action)) return { sentence: t('audit.other', who, entry.action), changes };
  const what = sayTarget(state, entry, users);
  const channelId = entry.channel_id ?? '';
  const where = state.channels.has(channelId)
    ? t('channel.name', select.channelTitle(state, channelId))
    : t('audit.gone');
  const say: (...words: string[]) => string = en[`audit.${entry.action}`];
  return { sentence: say(who, what, where), changes };
}

/** How somebody is called: also who left, as far as the log's answer knows them. */
function sayPerson(state: State, serverId: Id, userId: Id, users: ReadonlyMap<Id, User>): string {
  if (state.users.has(userId)) return select.memberName(state, serverId, userId);
  const user = users.get(userId);
  return user?.display_name || user?.username || t('target.left');
}

function sayTarget(state: State, entry: AuditEntry, users: ReadonlyMap<Id, User>): string {
  const { server_id: serverId, target_id: id } = entry;
  if (id === null || !isAuditAction(entry.action)) return t('audit.gone');
  const given = typeof entry.changes.name === 'string' ? entry.changes.name : undefined;
  switch (AUDIT_ACTIONS[entry.action]) {
    case 'person':
      return sayPerson(state, serverId, id, users);
    case 'role':
      return state.roles.get(serverId)?.find((role) => role.id === id)?.name ?? given ?? t('audit.gone');
    case 'category':
      return categoriesOf(state, serverId).find((category) => category.id === id)?.name ?? given ?? t('audit.gone');
    case 'channel': {
      const name = state.channels.get(id)?.name ?? given;
      return name === undefined ? t('audit.gone') : t('channel.name', name);
    }
    case 'invite':
      return id;
    default:
      return '';
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
  'nickname',
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
    typeof value === 'string'
      ? t('audit.field.timed_out_until', sayWhen(new Date(value), new Date()))
      : t('audit.field.timeout_ended'),
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
  return say === undefined ? [] : [say(value, state, entry.server_id)];
}
