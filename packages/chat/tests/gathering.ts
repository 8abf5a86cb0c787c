/** One instance, people in it who meet, and connections of theirs: what tests of presence and of rooms begin with. */
import type { Status } from '@snug/protocol';
import {
  createServer,
  identify,
  join,
  ok,
  type Person,
  type RawGateway,
  startInstance,
  type TestInstance,
} from '@snug/testkit';

export const API = '/api/v1';
/** Longer than presence waits to tell several changes at once. */
const SETTLED_MS = 450;
export const settled = () => new Promise((resolve) => setTimeout(resolve, SETTLED_MS));

export interface Gathering extends AsyncDisposable {
  readonly instance: TestInstance;
  newcomer(): Promise<Person>;
  open(who: Person, status?: Status): Promise<RawGateway>;
}

export async function openGathering(): Promise<Gathering> {
  const instance = await startInstance();
  let made = 0;
  return {
    instance,
    newcomer: async () => {
      const person = await instance.signUp(`person${++made}`);
      await ok(person.rest.get(`${API}/users/@me`));
      return person;
    },
    open: async (who, status) =>
      (await identify(instance.url, who.token, status === undefined ? {} : { presence: { status } })).gateway,
    [Symbol.asyncDispose]: () => instance[Symbol.asyncDispose](),
  };
}

export async function meet(owner: Person, ...others: Person[]): Promise<{ serverId: string; channelId: string }> {
  const { server, channel } = await createServer(owner);
  if (others.length > 0) await join(owner, server.id, ...others);
  return { serverId: server.id, channelId: channel.id };
}
