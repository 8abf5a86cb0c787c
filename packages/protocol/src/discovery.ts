import { z } from 'zod';
import { RegistrationMode } from './admin.ts';

/** `/.well-known/snug`: what a client asks first, whatever the instance. */
export const Discovery = z
  .object({
    name: z.string(),
    version: z.string(),
    protocol: z.int().meta({ description: 'Grows only when an older client would misread something' }),
    roles: z.record(z.string(), z.string()).meta({ description: 'Role to base URL' }),
    features: z.array(z.string()),
    limits: z.record(z.string(), z.number()),
    rates: z
      .record(z.string(), z.object({ burst: z.number(), per_second: z.number() }))
      .meta({ description: 'How often: by user, or by what the name says' }),
    registration: RegistrationMode,
    needs_owner: z
      .boolean()
      .meta({ description: 'No account exists yet: the first-start link makes the administrator' }),
    server_creation: z.enum(['everyone', 'admins']),
    theme: z.string(),
  })
  .meta({ id: 'Discovery' });
export type Discovery = z.infer<typeof Discovery>;

export const PROTOCOL_VERSION = 1;
