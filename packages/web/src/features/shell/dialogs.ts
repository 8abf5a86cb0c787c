import type { Id } from '@snug/protocol';
import { createContext, useContext } from 'react';
import type { ServerDialog } from '../servers/server-dialogs.ts';
import type { PeopleDialog } from './people-dialogs.ts';
import type { TalkDialog } from './talk-dialogs.ts';

/** The dialogs that anything in the shell may open. One at a time. */
export type OpenDialog =
  | { readonly kind: 'create-server' }
  | { readonly kind: 'join-server' }
  | { readonly kind: 'create-channel'; readonly serverId: Id; readonly categoryId?: Id }
  | { readonly kind: 'delete-channel'; readonly channelId: Id }
  | { readonly kind: 'delete-server'; readonly serverId: Id }
  | { readonly kind: 'leave-server'; readonly serverId: Id }
  | { readonly kind: 'invite'; readonly serverId: Id }
  | { readonly kind: 'settings' }
  | { readonly kind: 'switcher' }
  | ServerDialog
  | TalkDialog
  | PeopleDialog;

const Context = createContext<(dialog: OpenDialog | null) => void>(() => {
  throw new Error('no shell above this view');
});
export const DialogsProvider = Context.Provider;

export function useDialogs(): (dialog: OpenDialog | null) => void {
  return useContext(Context);
}
