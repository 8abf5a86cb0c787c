import { Refusal } from '@snug/protocol';
import type { EphemeralHandler } from './handler.ts';

/** Only the connection itself can put off its own end, so the gateway answers this one (E32). */
export const renewSession: EphemeralHandler<{ token: string }, { expires_at: number }> = {
  limit: 'write',
  perform: () => {
    throw new Refusal('NOT_AVAILABLE', { detail: 'Send it as a request over the gateway.' });
  },
};
