import { z } from 'zod';
import { Id } from './ids.ts';

/**
 * What becomes of somebody's messages when the account ends (E25): `keep` leaves them under the name they were said with,
 * `anonymise` takes the name away, `erase` blanks their words. An id stays in every case: it tells messages of one account
 * from those of another, and no more.
 */
export const MessageFate = z.enum(['keep', 'anonymise', 'erase']).meta({ id: 'MessageFate' });
export type MessageFate = z.infer<typeof MessageFate>;

/** One entry of auth's feed (E32): what changed, for those who trust its tokens. */
export const FeedEntry = z
  .object({
    seq: z.int(),
    at: z.int().meta({ description: 'ms since 1970' }),
    kind: z.enum([
      'session_revoked',
      'account_suspended',
      'account_restored',
      'account_renamed',
      'account_deleted',
      'admin_changed',
    ]),
    user_id: Id,
    session_id: Id.optional(),
    username: z
      .string()
      .optional()
      .meta({ description: 'The new name, with account_renamed; gone once the account is deleted' }),
    is_admin: z.boolean().optional().meta({ description: 'What holds from here on, with admin_changed' }),
    messages: MessageFate.optional().meta({ description: 'What to do with their messages, with account_deleted' }),
  })
  .meta({ id: 'FeedEntry' });
export type FeedEntry = z.infer<typeof FeedEntry>;
