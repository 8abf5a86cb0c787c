import type { Id } from '@snug/protocol';

/** Where in the app somebody is, as the address says it. */
export type Place =
  | { readonly kind: 'home' }
  | { readonly kind: 'server'; readonly serverId: Id; readonly channelId: Id | null }
  | { readonly kind: 'dm'; readonly channelId: Id };
