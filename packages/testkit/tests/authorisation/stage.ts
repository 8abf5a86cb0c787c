/**
 * The stage of the authorisation tests: one place with everything in it, and one person for each way of standing to it.
 * Accounts are made without passwords, because a hash costs a tenth of a second and says nothing here.
 */
import type { Channel, Invite, Message, ServerSnapshot } from '@snug/protocol';
import { ok, type RawRest, rawRest, startInstance, type TestInstance } from '../../src/index.ts';

/** Ways of standing to the server of the stage. */
export const STANDINGS = [
  /** No token at all. */
  'nobody',
  /** Was a member; the session was signed out. */
  'revoked',
  /** Signed in, shares nothing. */
  'outsider',
  /** Has a server and a conversation, others than these. */
  'elsewhere',
  /** Was a member until the owner removed them. */
  'removed',
  /** Administrator of the instance, not a member. */
  'admin',
  /** A member who wrote and made nothing of what is asked about. */
  'member',
  /** The member who wrote the message and made the invite; the other side of the conversation with `partner`. */
  'author',
  /** Shares a conversation with `author`, and nothing else. */
  'partner',
  /** Owns the server. */
  'owner',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** Signed in, but without a place in the server: for these it does not exist. */
export const STRANGERS = ['outsider', 'elsewhere', 'removed', 'admin', 'partner'] as const satisfies Standing[];

export interface Player {
  readonly standing: Standing;
  readonly id: string;
  readonly username: string;
  readonly sessionId: string;
  /** Undefined for nobody. */
  readonly token: string | undefined;
  readonly rest: RawRest;
}

export interface Stage {
  readonly instance: TestInstance;
  readonly players: Readonly<Record<Standing, Player>>;
  readonly server: ServerSnapshot;
  readonly channel: Channel;
  /** By author, in the channel. */
  readonly message: Message;
  /** Between author and partner, with a message by each. */
  readonly dm: Channel;
  readonly dmMessage: Message;
  /** What `elsewhere` owns, and shares with nobody of the stage. */
  readonly otherServer: ServerSnapshot;
  readonly otherChannel: Channel;
  account(username: string, isAdmin?: boolean): Promise<Omit<Player, 'standing'>>;
}

const NOBODY = { id: '', username: '', sessionId: '', token: undefined };

async function account(instance: TestInstance, username: string, isAdmin = false): Promise<Omit<Player, 'standing'>> {
  const { auth } = instance.running;
  const { id } = await auth.createAccount({ username, is_admin: isAdmin });
  const { access_token: token, session_id: sessionId } = await auth.openSession(id);
  const rest = rawRest(instance.url, token);
  // The profile begins with the first sight of a token.
  await ok(rest.get('/api/v1/users/@me'));
  return { id, username, sessionId, token, rest };
}

async function cast(instance: TestInstance): Promise<Record<Standing, Player>> {
  const players = STANDINGS.map(async (standing): Promise<[Standing, Player]> => {
    if (standing === 'nobody') return [standing, { standing, ...NOBODY, rest: rawRest(instance.url) }];
    return [standing, { standing, ...(await account(instance, standing, standing === 'admin')) }];
  });
  return Object.fromEntries(await Promise.all(players)) as Record<Standing, Player>;
}

export const say = (player: Pick<Player, 'rest'>, channelId: string, content: string): Promise<Message> =>
  ok(player.rest.post<Message>(`/api/v1/channels/${channelId}/messages`, { content }), 'say');

export const invite = (player: Pick<Player, 'rest'>, serverId: string): Promise<Invite> =>
  ok(player.rest.post<Invite>(`/api/v1/servers/${serverId}/invites`, {}), 'invite');

export async function bringIn(
  owner: Pick<Player, 'rest'>,
  serverId: string,
  ...guests: Pick<Player, 'rest'>[]
): Promise<void> {
  const { code } = await invite(owner, serverId);
  for (const guest of guests) await ok(guest.rest.post(`/api/v1/invites/${code}`, {}), 'join');
}

export const found = (player: Pick<Player, 'rest'>, name: string): Promise<ServerSnapshot> =>
  ok(player.rest.post<ServerSnapshot>('/api/v1/servers', { name }), 'found a server');

/** Author and partner meet in a server that is then deleted: what is left is their conversation. */
async function converse(players: Record<Standing, Player>): Promise<{ dm: Channel; dmMessage: Message }> {
  const { author, partner } = players;
  const meeting = await found(author, 'a meeting');
  await bringIn(author, meeting.id, partner);
  const dm = await ok(author.rest.post<Channel>('/api/v1/users/@me/channels', { recipient_id: partner.id }), 'dm');
  await ok(author.rest.delete(`/api/v1/servers/${meeting.id}`), 'end the meeting');
  await say(partner, dm.id, 'between us');
  return { dm, dmMessage: await say(author, dm.id, 'only us') };
}

export async function openStage(): Promise<Stage> {
  const instance = await startInstance();
  const players = await cast(instance);
  const { owner, member, author, removed, revoked, elsewhere } = players;
  const server = await found(owner, 'The stage');
  const channel = server.channels[0] as Channel;
  await bringIn(owner, server.id, member, author, removed, revoked);
  const message = await say(author, channel.id, 'by the author');
  await ok(owner.rest.delete(`/api/v1/servers/${server.id}/members/${removed.id}`), 'remove');
  await ok(revoked.rest.post('/api/v1/auth/logout'), 'sign out');
  const otherServer = await found(elsewhere, 'Another place');
  const otherChannel = otherServer.channels[0] as Channel;
  await say(elsewhere, otherChannel.id, 'elsewhere');
  const conversation = await converse(players);
  return {
    instance,
    players,
    server,
    channel,
    message,
    otherServer,
    otherChannel,
    ...conversation,
    account: (username, isAdmin) => account(instance, username, isAdmin),
  };
}
