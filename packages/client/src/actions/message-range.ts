import type { Id } from '@snug/protocol';

/**
 * Which messages to load: the newest; a page before or after the window's present bounds; or around an id or a time,
 * which replaces the window.
 */
export type MessageRange = 'latest' | 'before' | 'after' | { readonly around: Id | string };
