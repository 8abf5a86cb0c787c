/** Somebody who must not hear of certain things, listening on every transport, and everything they were ever sent. */
import { Journal } from '../listeners/journal.ts';
import { TRANSPORTS, type Transport } from '../listeners/listener.ts';
import type { Person } from '../people.ts';
import type { TestInstance } from '../start-instance.ts';

/** What is asked for over REST at the end: lists that might name what is hidden. */
const LISTS = [
  '/users/@me/channels',
  '/users/@me/conversations',
  '/users/@me/mentions?all=true',
  '/users/@me/notifications',
  '/users/@me/relationships',
  '/servers',
  '/discovery/servers',
  '/discovery/groups',
  '/users/search?q=in',
];
const SERVER_LISTS = ['channels', 'categories', 'roles', 'members', 'invites', 'bans', 'audit-log'];

interface Ear {
  readonly transport: Transport;
  readonly journal: Journal;
  /** Where the journal stood when something was taken away. */
  cursorBefore: number | null;
}

export class LeakProbe {
  readonly person: Person;
  readonly name: string;
  readonly #instance: TestInstance;
  readonly #ears: Ear[];
  #heard: string[] = [];
  readonly #byTransport = new Map<Transport, string[]>();

  constructor(instance: TestInstance, name: string, person: Person) {
    this.#instance = instance;
    this.name = name;
    this.person = person;
    this.#ears = TRANSPORTS.map((transport) => ({
      transport,
      journal: new Journal(instance.url, person.token),
      cursorBefore: null,
    }));
  }

  /** Every word that came since `forget`. */
  get heard(): string {
    return this.#heard.join('\n');
  }

  heardBy(transport: Transport): string {
    return (this.#byTransport.get(transport) ?? []).join('\n');
  }

  async connect(): Promise<void> {
    await Promise.all(this.#ears.map((ear) => ear.journal.connect(ear.transport, this.#options(ear.transport))));
  }

  /** What came before was theirs to hear. From here on everything counts. */
  forget(): void {
    this.#heard = [];
    this.#byTransport.clear();
    for (const ear of this.#ears) ear.cursorBefore = ear.journal.cursor;
  }

  /** Whether every transport has heard of something. */
  async until(text: string): Promise<void> {
    const end = Date.now() + 10_000;
    while (!TRANSPORTS.every((transport) => this.heardBy(transport).includes(text))) {
      if (Date.now() > end) throw new Error(`${this.name} never heard ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Comes and goes on each transport until it is over: live, and by catching up. */
  async wander(random: () => number, isOver: () => boolean): Promise<void> {
    await Promise.all(
      this.#ears.map(async ({ journal, transport }) => {
        while (!isOver()) {
          await new Promise((resolve) => setTimeout(resolve, 100 + random() * 300));
          await journal.drop();
          await new Promise((resolve) => setTimeout(resolve, random() * 150));
          await journal.connect(transport, this.#options(transport));
        }
      }),
    );
  }

  /** Everything else that might tell: a fresh start, a cursor from before it was taken away, and lists over REST. */
  async lookEverywhere(serverId: string): Promise<void> {
    for (const { journal, transport, cursorBefore } of this.#ears) {
      await journal.drop();
      const { url } = this.#instance;
      const late = new Journal(url, this.person.token);
      late.cursor = cursorBefore;
      await late.connect(transport, this.#options(transport));
      await late.drop();
      const fresh = new Journal(url, this.person.token);
      await fresh.connect(transport, this.#options(transport));
      await fresh.drop();
    }
    const paths = [...LISTS, ...SERVER_LISTS.map((list) => `/servers/${serverId}/${list}`)];
    for (const path of paths) {
      const { body } = await this.person.rest.get(`/api/v1${path}`);
      this.#heard.push(JSON.stringify(body));
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#ears.map(({ journal }) => journal.drop()));
  }

  #options(transport: Transport) {
    const raw = (text: string): void => {
      this.#heard.push(text);
      const own = this.#byTransport.get(transport) ?? [];
      this.#byTransport.set(transport, own);
      own.push(text);
    };
    return { raw, timeout: 200 };
  }
}
