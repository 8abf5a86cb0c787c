import type { Id } from '@snug/protocol';

/** The addresses of our pages, in one place. */
export const paths = {
  landing: '/',
  signIn: '/login',
  register: '/register',
  registerWith: (token: string) => `/register?invite=${token}`,
  resetWith: (token: string) => `/reset?token=${token}`,
  app: '/app',
  admin: (tab: string) => `/app/admin/${tab}`,
  server: (serverId: Id) => `/app/s/${serverId}`,
  channel: (serverId: Id, channelId: Id) => `/app/s/${serverId}/${channelId}`,
  dm: (channelId: Id) => `/app/c/${channelId}`,
  invite: (code: string) => `/invite/${code}`,
} as const;

/** Where to go after signing in. Only our own pages: an address from a link is not trusted further. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get('next');
  return next !== null && /^\/(app|invite)(\/|$)/.test(next) ? next : paths.app;
}

/** The code in what somebody pastes: a whole link or the code alone. */
export function inviteCode(pasted: string): string {
  const text = pasted.trim();
  return /(?:\/invite\/|[?&]token=)([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? text;
}
