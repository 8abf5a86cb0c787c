/** Two people in one channel of a real instance, each with a client of the SDK. */
import type { Message } from '@snug/protocol';
import {
  createInvite,
  createServer,
  PASSWORD,
  signIn,
  startInstance,
  type TestInstance,
  type TestOptions,
} from '@snug/testkit';
import { type ClientOptions, createClient, type OutboxEntry, type SnugClient, select } from '../src/index.ts';
import { until } from './until.ts';

export interface Pair extends AsyncDisposable {
  readonly instance: TestInstance;
  readonly anna: SnugClient;
  readonly ben: SnugClient;
  readonly serverId: string;
  readonly channelId: string;
  /** Errors that no caller was told of. Empty at the end unless a test says otherwise. */
  readonly errors: unknown[];
  /** One more client, closed at the end. */
  client(options?: Partial<ClientOptions>): SnugClient;
}

export interface PairOptions extends TestOptions {
  /** How Ben's client differs, given the instance: its address, for one. */
  ben?: (instance: TestInstance) => Promise<Partial<ClientOptions>>;
}

/** Anna owns the server, Ben has joined it; both are online with the channel's messages loaded. */
export async function startPair({ ben: change, ...options }: PairOptions = {}): Promise<Pair> {
  const instance = await startInstance(options);
  const clients: SnugClient[] = [];
  const errors: unknown[] = [];
  const client = (more: Partial<ClientOptions> = {}): SnugClient => {
    const made = createClient({ url: instance.url, onError: (error) => errors.push(error), locks: null, ...more });
    clients.push(made);
    return made;
  };
  await instance.signUp('anna');
  await instance.signUp('ben');
  const owner = await signIn(instance.url, 'anna');
  const { server, channel } = await createServer(owner);
  const invite = await createInvite(owner, server.id);
  const anna = client();
  const ben = client(await change?.(instance));
  await comeOnline(anna, 'anna');
  await comeOnline(ben, 'ben');
  await ben.perform('invite.accept', { code: invite.code });
  await until(() => ben.store.getState().channels.has(channel.id), Boolean);
  await Promise.all([anna.loadMessages(channel.id, 'latest'), ben.loadMessages(channel.id, 'latest')]);
  return {
    ...{ instance, anna, ben, errors, client, serverId: server.id, channelId: channel.id },
    [Symbol.asyncDispose]: async () => {
      for (const one of clients) one.close();
      await instance[Symbol.asyncDispose]();
    },
  };
}

export async function comeOnline(client: SnugClient, username: string): Promise<void> {
  await client.session.login({ login: username, password: PASSWORD });
  client.connection.start();
  await until(() => client.store.getState().ready, Boolean);
}

/** What a client shows of a channel: contents of messages, and of what is still on its way with its state. */
export function shown(client: SnugClient, channelId: string): string[] {
  return select.timeline(client.store.getState(), channelId).map((item) => {
    if ('state' in item) return `${item.content} (${item.state})`;
    return item.type === 'default' || item.type === 'reply' ? item.content : `[${item.type}]`;
  });
}

/** The same without what the system says. */
export function said(client: SnugClient, channelId: string): string[] {
  return shown(client, channelId).filter((line) => !line.startsWith('['));
}

export function messageNamed(client: SnugClient, channelId: string, content: string): Message {
  const items: readonly (Message | OutboxEntry)[] = select.timeline(client.store.getState(), channelId);
  const found = items.find((item): item is Message => !('state' in item) && item.content === content);
  if (found === undefined) throw new Error(`nobody said ${content}`);
  return found;
}
