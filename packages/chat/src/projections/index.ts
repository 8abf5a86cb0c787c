/** Every projection there is. The writer thread runs them beside the events; rebuild and verify run them again. */
import type { EventType } from '@snug/protocol';
import { channelsProjection } from '../features/channels/channels.projection.ts';
import { invitesProjection } from '../features/invites/invites.projection.ts';
import { membersProjection } from '../features/members/members.projection.ts';
import { messagesProjection } from '../features/messages/messages.projection.ts';
import { readsProjection } from '../features/reads/reads.projection.ts';
import { rolesProjection } from '../features/roles/roles.projection.ts';
import { serversProjection } from '../features/servers/servers.projection.ts';
import { usersProjection } from '../features/users/users.projection.ts';
import type { LogEvent } from '../log/envelope.ts';
import type { RowOperation } from '../log/rows.ts';
import type { Projection } from './projection.ts';

export const PROJECTIONS: readonly Projection[] = [
  usersProjection,
  serversProjection,
  rolesProjection,
  channelsProjection,
  membersProjection,
  invitesProjection,
  messagesProjection,
  readsProjection,
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
