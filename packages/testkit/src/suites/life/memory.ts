/** What random people remember of what they made: ids to do the next thing with. Refusals leave no trace in it. */

/** Runs a command in the name of a person; answers its result, undefined where it has none, null where it was refused. */
export type Perform = (who: number, command: string, params: Record<string, unknown>) => Promise<unknown>;

export interface KnownServer {
  readonly id: string;
  /** Index of who owns it now. */
  owner: number;
  readonly invite: string;
  /** Without @everyone, whose id is the server's. */
  readonly roles: string[];
  readonly categories: string[];
}

export interface KnownChannel {
  readonly id: string;
  readonly type: string;
  readonly server_id?: string;
}

export interface KnownMessage {
  readonly id: string;
  readonly channel_id: string;
}

export class Memory {
  /** Ids; `who` is an index into them. */
  readonly people: readonly string[];
  readonly perform: Perform;
  readonly servers: KnownServer[] = [];
  readonly channels: KnownChannel[] = [];
  readonly messages: KnownMessage[] = [];
  /** Links into groups. */
  readonly links: string[] = [];
  /** Grows with every act: names and nonces. */
  count = 0;

  constructor(people: readonly string[], perform: Perform) {
    this.people = people;
    this.perform = perform;
  }

  /** One of a list; undefined where it is empty. */
  one<T>(list: readonly T[], choice: number): T | undefined {
    return list[choice % Math.max(1, list.length)];
  }

  person(choice: number): string {
    return this.one(this.people, choice) as string;
  }

  channel(choice: number, ...types: string[]): KnownChannel | undefined {
    const fitting = types.length === 0 ? this.channels : this.channels.filter(({ type }) => types.includes(type));
    // What was made long ago may be gone: mostly one of the last.
    const from = choice % 4 === 0 ? 0 : Math.max(0, fitting.length - 8);
    return this.one(fitting.slice(from), choice);
  }

  /** Who acts on a server: mostly its owner, so that much is allowed; else whoever wants to. */
  boss(server: KnownServer | undefined, who: number): number {
    return server === undefined || (this.count + who) % 4 === 0 ? who : server.owner;
  }

  serverOf(channel: KnownChannel | undefined): KnownServer | undefined {
    return this.servers.find(({ id }) => id === channel?.server_id);
  }

  keepChannel(made: unknown): void {
    const channel = made as KnownChannel | null;
    if (channel !== null && !this.channels.some(({ id }) => id === channel.id)) this.channels.push(channel);
  }

  keepMessage(made: unknown): void {
    if (made !== null) this.messages.push(made as KnownMessage);
  }
}

/** One kind of act. The numbers choose among what there is at that moment. */
export type Doing = (life: Memory, who: number, a: number, b: number) => Promise<unknown>;
