/** The only cookie there is (E34): scripts cannot read it, and only the paths of auth receive it. */
import type { HttpCall } from '@snug/edge';

export const REFRESH_COOKIE = 'snug_refresh';
const PATH = '/api/v1/auth';

/** Secure iff https: on plain http a Secure cookie would be dropped, and a LAN could not sign in. */
function attributes(call: HttpCall) {
  return { path: PATH, httpOnly: true, sameSite: 'strict', secure: call.request.protocol === 'https' } as const;
}

export function readRefreshCookie(call: HttpCall): string | undefined {
  const value = call.request.cookies[REFRESH_COOKIE];
  return value === '' ? undefined : value;
}

/** @param maxAge seconds */
export function setRefreshCookie(call: HttpCall, token: string, maxAge: number): void {
  void call.reply.setCookie(REFRESH_COOKIE, token, { ...attributes(call), maxAge });
}

export function clearRefreshCookie(call: HttpCall): void {
  void call.reply.clearCookie(REFRESH_COOKIE, attributes(call));
}
