/** The first sight of a user: their profile begins with what the token says (design section 3). */
import type { AccessClaims, User } from '@snug/protocol';
import { userScope } from '../log/envelope.ts';
import type { Append } from '../log/log.ts';

export function provision(claims: AccessClaims, trace: string, now: number): Append {
  const user: User = {
    id: claims.sub,
    username: claims.username,
    discriminator: '0',
    display_name: claims.name,
    avatar_url: '',
    bio: '',
    status: 'offline',
    custom_status: '',
    is_bot: false,
    created_at: new Date(now).toISOString(),
  };
  return {
    actor: claims.sub,
    at: now,
    trace,
    events: [{ type: 'USER_CREATE', scope: userScope(user.id), subject: user.id, body: user }],
    guards: [{ kind: 'unique', key: 'user', args: [user.id], refusal: 'CONFLICT' }],
  };
}
