/** A house to test delivery in: an instance, people who live there, and quick ways to make things happen. */
import type { Channel, Message } from '@snug/protocol';
import { Journal } from '../listeners/journal.ts';
import { createServer, join, type Person, type Place, send } from '../people.ts';
import { ok } from '../raw-rest.ts';
import type { TestInstance, TestOptions } from '../start-instance.ts';

export type OpenInstance = (options?: TestOptions) => Promise<TestInstance>;

export class House implements AsyncDisposable {
  readonly instance: TestInstance;
  /** Owns every place; the others are guests. */
  readonly ada: Person;
  readonly bo: Person;
  readonly cy: Person;

  constructor(instance: TestInstance, [ada, bo, cy]: [Person, Person, Person]) {
    this.instance = instance;
    this.ada = ada;
    this.bo = bo;
    this.cy = cy;
  }

  static async open(open: OpenInstance, options: TestOptions = {}): Promise<House> {
    const instance = await open(options);
    const people = await Promise.all(['ada', 'bo', 'cy'].map((name) => instance.signUp(name)));
    return new House(instance, people as [Person, Person, Person]);
  }

  /** A new server of ada's with these guests in it. */
  async place(...guests: Person[]): Promise<Place> {
    const place = await createServer(this.ada);
    if (guests.length > 0) await join(this.ada, place.server.id, ...guests);
    return place;
  }

  journal(person: Person): Journal {
    return new Journal(this.instance.url, person.token);
  }

  /** What must succeed over REST. */
  async do<T = unknown>(person: Person, method: string, path: string, body?: unknown): Promise<T> {
    return ok(person.rest.request<T>(method, `/api/v1${path}`, body), `${method} ${path}`);
  }

  async channel(serverId: string, name: string): Promise<Channel> {
    return this.do<Channel>(this.ada, 'POST', `/servers/${serverId}/channels`, { name });
  }

  async say(person: Person, channelId: string, ...words: string[]): Promise<Message[]> {
    const said: Message[] = [];
    for (const content of words) said.push(await send(person, channelId, content));
    return said;
  }

  /** What @everyone may do in a server. @param bits as a decimal string. */
  async allow(serverId: string, bits: bigint): Promise<void> {
    await this.do(this.ada, 'PATCH', `/servers/${serverId}/roles/${serverId}`, { permissions: String(bits) });
  }

  /** The log's head, from an answer's stamp. */
  async head(): Promise<number> {
    const { headers } = await this.ada.rest.get('/api/v1/users/@me');
    return Number(headers.get('snug-position'));
  }

  /** Positions and types of the events of these scopes above a position: what stands in the log. */
  async logged(
    scopes: readonly string[],
    after = 0,
  ): Promise<{ position: number; type: string; subject: string; actor: string }[]> {
    const { log } = this.instance.running.chat;
    const positions = await log.positions(scopes, after, Number.MAX_SAFE_INTEGER, 1_000_000);
    return (await log.events(positions)).map(({ position, type, subject, actor }) => ({
      position,
      type,
      subject,
      actor,
    }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.instance[Symbol.asyncDispose]();
  }
}

/** Numbers that look random and are the same for the same seed (mulberry32), in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const ids = (journal: Journal, type: string): string[] => journal.of<{ id: string }>(type).map(({ d }) => d.id);

/** Everything that came and names this id. */
export const about = (journal: Journal, id: string): unknown[] =>
  journal.entries.filter(({ d }) => JSON.stringify(d).includes(id));
