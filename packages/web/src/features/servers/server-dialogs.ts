import type { Id } from '@snug/protocol';

/** Dialogs about a server and those in it. */
export type ServerDialog =
  | { readonly kind: 'transfer-server'; readonly serverId: Id }
  | { readonly kind: 'create-category'; readonly serverId: Id }
  | { readonly kind: 'delete-category'; readonly serverId: Id; readonly categoryId: Id }
  | { readonly kind: 'create-role'; readonly serverId: Id }
  | { readonly kind: 'delete-role'; readonly serverId: Id; readonly roleId: Id }
  | {
      readonly kind: 'member-roles' | 'nickname' | 'timeout' | 'kick' | 'ban' | 'unban';
      readonly serverId: Id;
      readonly userId: Id;
      /** How they are called there: they may be nobody that the store knows. */
      readonly name: string;
    };
