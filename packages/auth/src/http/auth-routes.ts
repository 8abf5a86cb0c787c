/** Auth's commands over HTTP, its JWKS and its feed. */
import { addressKey, type HttpCall, mountCommands } from '@snug/edge';
import { type AccessClaims, AUTH_COMMANDS, type AuthCommandName, Refusal, validate } from '@snug/protocol';
import { z } from 'zod';
import type { SignedFeed } from '../feed/signed-feed.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';
import { accountHandlers } from './account-handlers.ts';
import { adminHandlers } from './admin-handlers.ts';
import { bearerToken } from './bearer-token.ts';
import type { Handlers, RouteParts } from './handlers.ts';
import type { HttpApp } from './http-app.ts';
import { inviteHandlers } from './invite-handlers.ts';
import { signInHandlers } from './sign-in-handlers.ts';

/** Seconds that others may keep the JWKS; a new key is published long before the old one goes. */
const JWKS_MAX_AGE = 300;

export interface AuthRoutesOptions extends RouteParts {
  keys: SigningKeys;
  feed: SignedFeed;
  limits: RateLimits;
}

export function mountAuthRoutes(app: HttpApp, options: AuthRoutesOptions): void {
  const handlers: Handlers<AuthCommandName> = {
    ...signInHandlers(options),
    ...accountHandlers(options),
    ...inviteHandlers(options),
    ...adminHandlers(options),
  };
  mountCommands(app, AUTH_COMMANDS, async (name, params, call) => ({
    json: await run(name as AuthCommandName, params, call, handlers, options),
  }));
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    reply.header('cache-control', `public, max-age=${JWKS_MAX_AGE}`);
    return options.keys.jwks;
  });
  mountFeed(app, options);
}

/** First who asks, then whether they may, then what they ask: nobody learns a field's rules before signing in. */
async function run<N extends AuthCommandName>(
  name: N,
  params: unknown,
  call: HttpCall,
  handlers: Handlers<AuthCommandName>,
  { limits, verify }: RouteParts,
): Promise<string | null> {
  const spec = AUTH_COMMANDS[name];
  let claims: AccessClaims | null = null;
  if (spec.caller !== 'anyone') {
    claims = await verify(bearerToken(call.request.headers.authorization));
    if (spec.caller === 'admin') {
      // Not as old as the token: `verify` says what holds now, and an act asks again as it commits.
      if (claims.admin !== true) throw new Refusal('NOT_AN_ADMIN');
      limits.admin_by_account.take(claims.sub);
    }
  }
  const handler = handlers[name] as (params: unknown, call: HttpCall, claims: AccessClaims | null) => Promise<unknown>;
  const result = await handler(validate(spec.params, params), call, claims);
  return result === null ? null : JSON.stringify(result);
}

const FeedQuery = z.strictObject({
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a number')
    .transform(Number)
    .default(0),
});

function mountFeed(app: HttpApp, { feed, limits }: AuthRoutesOptions): void {
  app.get('/api/v1/auth/feed', async (request, reply) => {
    limits.feed_by_address.take(addressKey(request.ip));
    const { since } = validate(FeedQuery, { ...(request.query as object) });
    return reply.type('application/jose').send(await feed.read(since));
  });
}
