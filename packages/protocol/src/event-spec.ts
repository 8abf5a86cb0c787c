/** What a row of the event table says (E1, E2, E25), and the words it is written with. */
import type { z } from 'zod';
import type { PermissionBits } from './permissions.ts';

/** Who hears an event of a scope. The subject of a user event always hears it. */
export type Audience =
  /** Those who can see the channel of the scope. */
  | { readonly to: 'viewers' }
  /** Members of the server of the scope. */
  | { readonly to: 'members' }
  /** Members of the server of the scope who hold the bit. */
  | { readonly to: 'managers'; readonly bit: PermissionBits }
  /** The user of the scope. */
  | { readonly to: 'subject' }
  /** Nobody: it is for the record. */
  | { readonly to: 'none' };

export interface EventSpec<B extends z.ZodType = z.ZodType> {
  readonly body: B;
  /** Version of the body's schema; older bodies are upcast on read (E1). */
  readonly v: number;
  readonly scope: 'server' | 'channel' | 'user' | 'instance';
  readonly audience: Audience;
  /** Whether the audience is taken before the event is folded, after it, or both. */
  readonly when: 'before' | 'after' | 'both';
  readonly intent: number;
  /** Fields of the body that hold what somebody said: blanked by erasure. A dot leads into an object. */
  readonly erasable: readonly string[];
}

/** A row of the event table. */
export const event = <B extends z.ZodType>(
  scope: EventSpec['scope'],
  audience: Audience,
  intent: number,
  body: B,
  more: Partial<Pick<EventSpec, 'v' | 'when' | 'erasable'>> = {},
): EventSpec<B> => ({ body, v: 1, scope, audience, when: 'after', intent, erasable: [], ...more });

export const viewers = { to: 'viewers' } as const;
export const members = { to: 'members' } as const;
export const subject = { to: 'subject' } as const;
export const nobody = { to: 'none' } as const;

export const managers = (bit: PermissionBits) => ({ to: 'managers', bit }) as const;
