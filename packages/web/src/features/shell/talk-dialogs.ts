import type { Channel, Id, Message } from '@snug/protocol';

/** Dialogs about what was said, and about threads. */
export type TalkDialog =
  | { readonly kind: 'pins'; readonly channelId: Id }
  | { readonly kind: 'threads'; readonly channel: Channel }
  | {
      readonly kind: 'start-thread';
      readonly serverId: Id;
      readonly channelId: Id;
      readonly message: Message | null;
    }
  | { readonly kind: 'edit-thread' | 'delete-thread' | 'followers'; readonly thread: Channel }
  | { readonly kind: 'who-reacted' | 'receipts'; readonly message: Message }
  | {
      readonly kind: 'delete-messages';
      readonly channelId: Id;
      readonly ids: readonly Id[];
      readonly onDone: () => void;
    };
