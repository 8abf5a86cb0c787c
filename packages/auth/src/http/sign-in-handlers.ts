/** Register, sign in, refresh, sign out. The refresh token travels as a cookie, or in the body for those who ask (E34). */
import { addressKey, type HttpCall } from '@snug/edge';
import { type AccessClaims, Refusal, type SignedIn } from '@snug/protocol';
import type { Grant } from '../sessions/sessions.ts';
import { bearerToken } from './bearer-token.ts';
import { checkOrigin, type OriginHeaders } from './check-origin.ts';
import { callerOf, type Handlers, type RouteParts } from './handlers.ts';
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './refresh-cookie.ts';

type Delivery = 'cookie' | 'body';

export function signInHandlers(
  parts: RouteParts,
): Handlers<'auth.register' | 'auth.login' | 'auth.refresh' | 'auth.logout'> {
  const { accounts, settings, sessions } = parts;
  const requireOrigin = (call: HttpCall) => checkOrigin(originHeaders(call), settings.origins);
  const deliver = (grant: Grant, delivery: Delivery, call: HttpCall): SignedIn => {
    const { refresh_token, ...rest } = grant;
    if (delivery === 'body') return { ...rest, refresh_token };
    setRefreshCookie(call, refresh_token, settings.refresh_token_ttl);
    return rest;
  };
  return {
    'auth.register': async (params, call) => {
      const { token_delivery: delivery = 'cookie' } = params;
      if (delivery === 'cookie') requireOrigin(call);
      return deliver(await accounts.register(params, callerOf(call)), delivery, call);
    },
    'auth.login': async (params, call) => {
      const { token_delivery: delivery = 'cookie' } = params;
      if (delivery === 'cookie') requireOrigin(call);
      return deliver(await accounts.login(params, callerOf(call)), delivery, call);
    },
    'auth.refresh': async ({ refresh_token: given }, call) => {
      if (given !== undefined) return deliver(await sessions.refresh(given, callerOf(call)), 'body', call);
      const cookie = readRefreshCookie(call);
      if (cookie !== undefined) requireOrigin(call);
      try {
        return deliver(await sessions.refresh(cookie, callerOf(call)), 'cookie', call);
      } catch (error) {
        // A browser need not come back with a cookie that can never work again.
        if (cookie !== undefined && error instanceof Refusal && error.code === 'REFRESH_INVALID') {
          clearRefreshCookie(call);
        }
        throw error;
      }
    },
    'auth.logout': async ({ refresh_token: given }, call) => {
      const cookie = readRefreshCookie(call);
      if (cookie !== undefined) requireOrigin(call);
      parts.limits.logout_by_address.take(addressKey(call.address));
      const refresh_tokens = [given, cookie].filter((token) => token !== undefined);
      await sessions.logout({ refresh_tokens, claims: await claimsIfAny(call, parts) }, callerOf(call));
      if (cookie !== undefined) clearRefreshCookie(call);
      return null;
    },
  };
}

function originHeaders({ request }: HttpCall): OriginHeaders {
  const fetchSite = request.headers['sec-fetch-site'];
  return {
    origin: request.headers.origin,
    fetch_site: Array.isArray(fetchSite) ? fetchSite.join() : fetchSite,
    host: request.host,
  };
}

/** Signing out with a token that has ended already is no error. */
async function claimsIfAny(call: HttpCall, { verify }: RouteParts): Promise<AccessClaims | null> {
  const { authorization } = call.request.headers;
  if (authorization === undefined) return null;
  try {
    return await verify(bearerToken(authorization));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
