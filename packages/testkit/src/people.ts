/** People to seed an instance with, over the wire and without the SDK. */
import type { Channel, Invite, Member, Message, ServerSnapshot, SignedIn } from '@snug/protocol';
import { ok, type RawRest, rawRest } from './raw-rest.ts';

export const PASSWORD = 'correct horse battery';

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly sessionId: string;
  readonly is_admin: boolean;
  readonly rest: RawRest;
}

export interface Place {
  readonly server: ServerSnapshot;
  /** The channel a new server begins with. */
  readonly channel: Channel;
}

/** Makes an account. @param more further fields of `auth.register`, such as `invite`. */
export async function signUp(url: string, username: string, more: Record<string, unknown> = {}): Promise<Person> {
  const answer = await ok(
    rawRest(url).post<SignedIn>('/api/v1/auth/register', {
      username,
      password: PASSWORD,
      token_delivery: 'body',
      ...more,
    }),
    `sign up ${username}`,
  );
  return personOf(url, answer);
}

export async function signIn(url: string, username: string, password: string = PASSWORD): Promise<Person> {
  const body = { login: username, password, token_delivery: 'body' };
  return personOf(url, await ok(rawRest(url).post<SignedIn>('/api/v1/auth/login', body), `sign in ${username}`));
}

function personOf(url: string, { user, access_token, refresh_token = '', session_id }: SignedIn): Person {
  return {
    id: user.id,
    username: user.username,
    token: access_token,
    refreshToken: refresh_token,
    sessionId: session_id,
    is_admin: user.is_admin,
    rest: rawRest(url, access_token),
  };
}

export async function createServer(owner: Person, name = 'The parlour'): Promise<Place> {
  const server = await ok(owner.rest.post<ServerSnapshot>('/api/v1/servers', { name }), 'create a server');
  return { server, channel: server.channels[0] as Channel };
}

export function createInvite(person: Person, serverId: string, more: Record<string, unknown> = {}): Promise<Invite> {
  return ok(person.rest.post<Invite>(`/api/v1/servers/${serverId}/invites`, more), 'create an invite');
}

/** Lets people into a server: one invite for all of them. */
export async function join(owner: Person, serverId: string, ...people: Person[]): Promise<Member[]> {
  const { code } = await createInvite(owner, serverId);
  return Promise.all(people.map((person) => ok(person.rest.post<Member>(`/api/v1/invites/${code}`, {}), 'join')));
}

export function send(
  person: Person,
  channelId: string,
  content: string,
  more: Record<string, unknown> = {},
): Promise<Message> {
  return ok(person.rest.post<Message>(`/api/v1/channels/${channelId}/messages`, { content, ...more }), 'send');
}
