import type { Id } from '@snug/protocol';
import { createContext } from 'react';

/** Where a text was said, and whom the server found in it: a bare `@name` is a mention of one of these or of nobody. */
export interface MentionScope {
  readonly serverId: Id | null;
  readonly users: readonly Id[];
  readonly roles: readonly Id[];
}

export const MentionScope = createContext<MentionScope>({ serverId: null, users: [], roles: [] });
