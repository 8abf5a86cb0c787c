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
  /** Public servers: in the app, and for who is not signed in. */
  discover: '/app/discover',
  discoverSignedOut: '/discover',
  server: (serverId: Id) => `/app/s/${serverId}`,
  serverSettings: (serverId: Id, tab?: string, itemId?: Id) =>
    ['/app/s', serverId, 'settings', tab, itemId].filter((part) => part !== undefined).join('/'),
  channel: (serverId: Id, channelId: Id) => `/app/s/${serverId}/${channelId}`,
  dm: (channelId: Id) => `/app/c/${channelId}`,
  /** A channel of a server or a conversation, a thread too. */
  of: pathOf,
  message: (channel: ChannelPlace, messageId: Id) => `${pathOf(channel)}/${messageId}`,
  friends: (tab?: string) => (tab === undefined ? '/app/friends' : `/app/friends/${tab}`),
  inbox: '/app/inbox',
  groups: '/app/groups',
  profile: (username: string) => `/u/${encodeURIComponent(username)}`,
  invite: (code: string) => `/invite/${code}`,
} as const;

/** What of a channel says where it is. */
interface ChannelPlace {
  readonly id: Id;
  readonly server_id?: Id | undefined;
}

function pathOf({ id, server_id: serverId }: ChannelPlace): string {
  return serverId === undefined ? `/app/c/${id}` : `/app/s/${serverId}/${id}`;
}

/** Where to go after signing in. Only our own pages: an address from a link is not trusted further. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get('next');
  return next !== null && /^\/(app|invite|u)(\/|$)/.test(next) ? next : paths.app;
}

/** The code in what somebody pastes: a whole link or the code alone. */
export function inviteCode(pasted: string): string {
  const text = pasted.trim();
  return /(?:\/invite\/|[?&]token=)([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? text;
}
