/** One instance and a server of some people, spoken to over REST and the gateway. */
import type { Channel, Message, MessagePage, Problem, ReadState, Ready } from '@snug/protocol';
import {
  createServer,
  identify,
  join,
  type Person,
  type Place,
  type RawGateway,
  type RestAnswer,
  rawRest,
  startInstance,
  type TestInstance,
  type TestOptions,
} from '@snug/testkit';

export const API = '/api/v1';

export interface Parlour extends AsyncDisposable {
  readonly instance: TestInstance;
  /** Somebody new, without a password: hashing one takes a tenth of a second. */
  person(): Promise<Person>;
  /** A server of the first of these people, with all of them in it; nobody's coming is said. */
  place(owner: Person, ...guests: Person[]): Promise<Place>;
  listen(who: Person): Promise<{ gateway: RawGateway; ready: Ready }>;
}

let made = 0;

export async function openParlour(options: TestOptions = {}): Promise<Parlour> {
  const instance = await startInstance(options);
  const gateways: RawGateway[] = [];
  return {
    instance,
    person: () => newPerson(instance),
    place: async (owner, ...guests) => {
      const place = await createServer(owner, 'The parlour');
      await owner.rest.patch(`${API}/servers/${place.server.id}`, { system_channel_id: null });
      await join(owner, place.server.id, ...guests);
      return place;
    },
    listen: async (who) => {
      const { gateway, ready } = await identify(instance.url, who.token);
      gateways.push(gateway);
      return { gateway, ready: ready.d as Ready };
    },
    [Symbol.asyncDispose]: async () => {
      for (const gateway of gateways) await gateway.close();
      await instance[Symbol.asyncDispose]();
    },
  };
}

async function newPerson(instance: TestInstance): Promise<Person> {
  const { auth } = instance.running;
  const username = `guest${++made}`;
  const { id } = await auth.createAccount({ username, is_admin: false });
  const { access_token: token, session_id: sessionId, refresh_token: refreshToken } = await auth.openSession(id);
  const rest = rawRest(instance.url, token);
  // The profile begins with the first sight of a token.
  await rest.get(`${API}/users/@me`);
  return { id, username, token, refreshToken, sessionId, is_admin: false, rest };
}

export const messagesOf = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}/messages`;
export const pathOf = ({ id, channel_id }: Message): string => `${API}/channels/${channel_id}/messages/${id}`;

export function say(
  who: Person,
  channel: Pick<Channel, 'id'>,
  content: string,
  more: Record<string, unknown> = {},
): Promise<RestAnswer<Message & Problem>> {
  return who.rest.post<Message & Problem>(messagesOf(channel), { content, ...more });
}

/** What was said; for what has to be possible. */
export async function said(who: Person, channel: Pick<Channel, 'id'>, content: string): Promise<Message> {
  const { status, body } = await say(who, channel, content);
  if (status !== 201) throw new Error(`${status} ${body.code}`);
  return body;
}

export const page = async (who: Person, channel: Pick<Channel, 'id'>, query = ''): Promise<MessagePage> =>
  (await who.rest.get<MessagePage>(`${messagesOf(channel)}${query}`)).body;

/** Status and, of a refusal, its code. */
export const outcome = ({ status, body }: RestAnswer): string =>
  status < 400 ? String(status) : (body as Problem).code;

export const openDm = async (who: Person, other: Person): Promise<Channel> =>
  (await who.rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: other.id })).body;

export const readOf = async (who: Person, { id }: Pick<Channel, 'id'>): Promise<ReadState> =>
  (await who.rest.get<ReadState>(`${API}/channels/${id}/read`)).body;
