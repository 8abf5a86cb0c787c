/** What is fuzzed: an instance in a process of its own, people in it, things of theirs to name, and its memory. */
import type { Channel, Invite, ServerSnapshot } from '@snug/protocol';
import { join, ok, type Person, type SnugProcess, send, signUp, startProcess } from '../../src/index.ts';
import { type Served, servedOperations } from '../authorisation/operations.ts';
import type { Vocabulary } from './schema-arbitrary.ts';

export interface Target {
  readonly snug: SnugProcess;
  readonly served: Served;
  /** Administrator of the instance. */
  readonly admin: Person;
  /** Owns what the vocabulary names. */
  readonly owner: Person;
  readonly member: Person;
  readonly words: Vocabulary;
}

export interface Memory {
  /** Bytes, after a full collection. */
  readonly heap: number;
  readonly resident: number;
}

/** Collects when told to, so that what is measured is what is held. */
const COLLECT = "data:text/javascript,process.on('SIGUSR2',()=>globalThis.gc())";
const COLLECTING_MS = 500;

export async function openTarget(): Promise<Target> {
  const snug = await startProcess({ nodeArguments: ['--expose-gc', '--import', COLLECT] });
  const invite = /\/setup\?token=([\w-]+)/.exec(snug.output)?.[1];
  const admin = await signUp(snug.url, 'admin', { invite });
  const [owner, member] = [await signUp(snug.url, 'owner'), await signUp(snug.url, 'member')];
  const target = {
    snug,
    served: await servedOperations(snug.url),
    admin,
    owner,
    member,
    words: { ids: [], byField: {}, codes: [] },
  };
  await replenish(target);
  return target;
}

/** New things to name: what was there may have been deleted by one who was allowed to. */
export async function replenish({ owner, member, words }: Target): Promise<void> {
  const server = await makeServer(owner);
  await join(owner, server.id, member);
  const channels = [server.channels[0] as Channel];
  for (const name of ['one', 'two']) {
    channels.push(await ok(owner.rest.post<Channel>(`/api/v1/servers/${server.id}/channels`, { name }), 'channel'));
  }
  const dm = await ok(owner.rest.post<Channel>('/api/v1/users/@me/channels', { recipient_id: member.id }), 'dm');
  const messages = [];
  for (const { id } of [...channels, dm])
    messages.push(await send(owner, id, 'first'), await send(member, id, 'second'));
  const invite = await ok(owner.rest.post<Invite>(`/api/v1/servers/${server.id}/invites`, {}), 'invite');
  const people = [owner.id, member.id];
  const ids = (things: readonly { id: string }[]): string[] => things.map(({ id }) => id);
  words.ids = [server.id, ...ids(channels), dm.id, ...ids(messages), ...people];
  words.byField = {
    server_id: [server.id],
    role_id: [server.id],
    channel_id: ids([...channels, dm]),
    message_id: ids(messages),
    reply_to_id: ids(messages),
    user_id: people,
    recipient_id: people,
  };
  words.codes = [invite.code, 'AAAAAAAAAAAA'];
}

/** The owner may be in as many servers as there may be: then one of those goes first. */
async function makeServer(owner: Person): Promise<ServerSnapshot> {
  const { items } = await ok(owner.rest.get<{ items: { id: string }[] }>('/api/v1/servers'), 'servers');
  for (const { id } of items.slice(0, Math.max(0, items.length - 100))) {
    // Not theirs to delete, if they were invited to it.
    await owner.rest.delete(`/api/v1/servers/${id}`);
  }
  return ok(owner.rest.post<ServerSnapshot>('/api/v1/servers', { name: 'A place to break' }), 'server');
}

export async function memoryOf({ url, pid }: SnugProcess): Promise<Memory> {
  process.kill(pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, COLLECTING_MS));
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return { heap: value('snug_nodejs_heap_size_used_bytes'), resident: value('snug_process_resident_memory_bytes') };
}
