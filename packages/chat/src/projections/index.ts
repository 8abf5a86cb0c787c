/** Every projection there is. The writer thread runs them beside the events; rebuild and verify run them again. */
import type { EventType } from '@snug/protocol';
import { auditProjection } from '../features/audit/audit.projection.ts';
import { categoriesProjection } from '../features/categories/categories.projection.ts';
import { channelsProjection } from '../features/channels/channels.projection.ts';
import { conversationsProjection } from '../features/conversations/conversations.projection.ts';
import { invitesProjection } from '../features/invites/invites.projection.ts';
import { bansProjection, membersProjection } from '../features/members/members.projection.ts';
import { mentionsProjection } from '../features/mentions/mentions.projection.ts';
import { messagesProjection } from '../features/messages/messages.projection.ts';
import { notificationsProjection } from '../features/notifications/notifications.projection.ts';
import { pinsProjection } from '../features/pins/pins.projection.ts';
import { purgesProjection } from '../features/purges/purges.projection.ts';
import { reactionsProjection } from '../features/reactions/reactions.projection.ts';
import { readsProjection } from '../features/reads/reads.projection.ts';
import { receiptsProjection } from '../features/receipts/receipts.projection.ts';
import { reportsProjection } from '../features/reports/reports.projection.ts';
import { rolesProjection } from '../features/roles/roles.projection.ts';
import { serversProjection } from '../features/servers/servers.projection.ts';
import { threadsProjection } from '../features/threads/threads.projection.ts';
import { importedAuthorsProjection } from '../features/users/authors.projection.ts';
import { deletionsProjection } from '../features/users/deletions.projection.ts';
import { privacyProjection, usersProjection } from '../features/users/users.projection.ts';
import type { LogEvent } from '../log/envelope.ts';
import type { RowOperation } from '../log/rows.ts';
import type { Projection } from './projection.ts';

export const PROJECTIONS: readonly Projection[] = [
  usersProjection,
  serversProjection,
  rolesProjection,
  privacyProjection,
  importedAuthorsProjection,
  deletionsProjection,
  categoriesProjection,
  channelsProjection,
  conversationsProjection,
  threadsProjection,
  membersProjection,
  bansProjection,
  invitesProjection,
  messagesProjection,
  reactionsProjection,
  pinsProjection,
  mentionsProjection,
  readsProjection,
  receiptsProjection,
  notificationsProjection,
  reportsProjection,
  auditProjection,
  purgesProjection,
];

type Fold = (event: LogEvent) => RowOperation[];

const folds = new Map<EventType, Fold[]>();
for (const projection of PROJECTIONS) {
  for (const [type, fold] of Object.entries(projection.on) as [EventType, Fold][]) {
    folds.set(type, [...(folds.get(type) ?? []), fold]);
  }
}

export function project(event: LogEvent): RowOperation[] {
  const all = folds.get(event.type);
  if (all === undefined) return [];
  return all.length === 1 ? (all[0] as Fold)(event) : all.flatMap((fold) => fold(event));
}
