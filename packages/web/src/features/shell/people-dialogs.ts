import type { Id } from '@snug/protocol';
import type { ReportTarget } from '../reports/ReportDialog.tsx';

/** Dialogs about people and conversations, and about what one wants to hear of. */
export type PeopleDialog =
  | { readonly kind: 'create-group' }
  | { readonly kind: 'group' | 'leave-group'; readonly channelId: Id }
  | { readonly kind: 'block'; readonly userId: Id; readonly name: string }
  | { readonly kind: 'report'; readonly target: ReportTarget }
  | { readonly kind: 'notify'; readonly targetId: Id; readonly name: string }
  | { readonly kind: 'status' };
