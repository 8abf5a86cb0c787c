import type { EventBody, NotificationSetting, UserSettings } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';
import { wantUser } from './fold-users.ts';

export function foldRelationship(context: FoldContext, body: EventBody<'RELATIONSHIP_UPDATE'>): void {
  const { user_id: userId, type, since } = body;
  if (type === null) {
    context.draft.remove('relationships', userId);
    return;
  }
  context.draft.put('relationships', userId, { type, since });
  wantUser(context, userId);
}

export function foldSettings({ draft }: FoldContext, body: UserSettings): void {
  draft.set('settings', body);
}

/** A setting that says nothing is as none. An answer that is older than the last event changes nothing. */
export function foldNotification({ draft, ledger, position }: FoldContext, body: NotificationSetting): void {
  if (position < (ledger.notified.get(body.target_id) ?? -1)) return;
  ledger.notified.set(body.target_id, position);
  if (body.level === null && body.muted_until === null) draft.remove('notifications', body.target_id);
  else draft.put('notifications', body.target_id, body);
}
