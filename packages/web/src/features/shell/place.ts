import type { Id } from '@snug/protocol';

/** Where in the app somebody is, as the address says it. `messageId`: the message to go to there. */
export type Place =
  | { readonly kind: 'home' }
  | { readonly kind: 'page'; readonly page: 'friends' | 'inbox' | 'groups'; readonly tab: string | null }
  | {
      readonly kind: 'server';
      readonly serverId: Id;
      readonly channelId: Id | null;
      readonly messageId: Id | null;
    }
  /** A page of a server's settings; `itemId`: one role, channel or category of it. */
  | {
      readonly kind: 'settings';
      readonly serverId: Id;
      readonly tab: string | null;
      readonly itemId: Id | null;
    }
  | { readonly kind: 'discover' }
  | { readonly kind: 'dm'; readonly channelId: Id; readonly messageId: Id | null };

/** The channel that is open there, if one is. */
export function channelAt(place: Place): Id | null {
  return place.kind === 'server' || place.kind === 'dm' ? place.channelId : null;
}
