/** Random people who do random things: the material of property tests. Refusals are part of life; failures are not. */
import { DEFAULT_PERMISSIONS, formatPermissions, Permission } from '@snug/protocol';
import fc from 'fast-check';

/** One thing somebody does. The numbers choose among what there is at that moment. */
export interface Act {
  readonly kind: ActKind;
  readonly who: number;
  readonly a: number;
  readonly b: number;
}

/** How often each happens, in proportion. */
const WEIGHTS = {
  send: 30,
  reply: 4,
  edit: 8,
  remove: 6,
  ack: 8,
  mark_unread: 2,
  ack_all: 2,
  create_channel: 4,
  rename_channel: 2,
  delete_channel: 2,
  create_server: 2,
  rename_server: 1,
  delete_server: 1,
  join: 8,
  leave: 3,
  kick: 1,
  set_role: 4,
  open_dm: 3,
  rename_user: 2,
} as const;
export type ActKind = keyof typeof WEIGHTS;

const kinds = (Object.keys(WEIGHTS) as ActKind[]).map((kind) => ({
  weight: WEIGHTS[kind],
  arbitrary: fc.constant(kind),
}));

export const anAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.oneof(...kinds),
  who: fc.nat(1000),
  a: fc.nat(1000),
  b: fc.nat(1000),
});

/** Runs a command in the name of a person; answers its result, or null where it was refused. */
export type Perform = (who: number, command: string, params: Record<string, unknown>) => Promise<unknown>;

interface Known {
  readonly id: string;
  readonly channel_id?: string;
}

/** What @everyone may do after `set_role`: with the view, without it, and without sending. */
const ROLES = [
  DEFAULT_PERMISSIONS,
  DEFAULT_PERMISSIONS & ~Permission.VIEW_CHANNEL,
  DEFAULT_PERMISSIONS & ~Permission.SEND_MESSAGES,
  DEFAULT_PERMISSIONS | Permission.MANAGE_CHANNELS | Permission.MANAGE_SERVER,
].map(formatPermissions);

export class RandomLife {
  readonly #people: readonly string[];
  readonly #perform: Perform;
  readonly #servers: { id: string; owner: number; invite: string }[] = [];
  readonly #channels: Known[] = [];
  readonly #messages: Known[] = [];
  #count = 0;

  /** @param people their ids; `who` of an act is an index into them. */
  constructor(people: readonly string[], perform: Perform) {
    this.#people = people;
    this.#perform = perform;
  }

  /** A first server that everybody is in, so that the acts have something to begin with. */
  async begin(): Promise<void> {
    await this.#createServer(0);
    for (let who = 1; who < this.#people.length; who++) await this.#join(who, 0);
  }

  async act({ kind, who, a, b }: Act): Promise<void> {
    const person = who % this.#people.length;
    this.#count += 1;
    await this.#doings[kind](person, a, b);
  }

  readonly #doings: Readonly<Record<ActKind, (who: number, a: number, b: number) => Promise<unknown>>> = {
    send: (who, a) => this.#send(who, a, undefined),
    reply: (who, a, b) => this.#send(who, a, this.#one(this.#messages, b)?.id),
    edit: (who, a) => this.#withMessage(who, 'message.edit', a, { content: `edited ${this.#count}` }),
    remove: (who, a) => this.#withMessage(who, 'message.delete', a),
    ack: (who, a) => this.#withMessage(who, 'read.ack', a),
    mark_unread: (who, a) => this.#withMessage(who, 'read.mark_unread', a),
    ack_all: (who, a, b) => this.#ackAll(who, [a, b]),
    create_channel: async (who, a) => {
      const params = { server_id: this.#one(this.#servers, a)?.id, name: `channel-${this.#count}` };
      this.#keep(this.#channels, await this.#perform(who, 'channel.create', params));
    },
    rename_channel: (who, a, b) =>
      this.#perform(who, 'channel.update', {
        channel_id: this.#one(this.#channels, a)?.id,
        name: `renamed-${this.#count}`,
        position: b % 10,
      }),
    delete_channel: (who, a) => this.#perform(who, 'channel.delete', { channel_id: this.#one(this.#channels, a)?.id }),
    create_server: (who) => this.#createServer(who),
    rename_server: (who, a) =>
      this.#perform(who, 'server.update', { server_id: this.#one(this.#servers, a)?.id, name: `place ${this.#count}` }),
    delete_server: (_who, a) => this.#deleteServer(a),
    join: (who, a) => this.#join(who, a),
    leave: (who, a) =>
      this.#perform(who, 'member.remove', { server_id: this.#one(this.#servers, a)?.id, user_id: this.#people[who] }),
    kick: (who, a, b) =>
      this.#perform(who, 'member.remove', {
        server_id: this.#one(this.#servers, a)?.id,
        user_id: this.#one(this.#people, b),
      }),
    set_role: (_who, a, b) => this.#setRole(a, b),
    open_dm: async (who, a) => {
      const params = { recipient_id: this.#one(this.#people, a) };
      this.#keep(this.#channels, await this.#perform(who, 'dm.open', params));
    },
    rename_user: (who) => this.#perform(who, 'user.update', { display_name: `name ${this.#count}` }),
  };

  async #send(who: number, a: number, replyTo: string | undefined): Promise<void> {
    const params = {
      channel_id: this.#one(this.#channels, a)?.id,
      content: `message ${this.#count}`,
      nonce: `n${this.#count}`,
      ...(replyTo === undefined ? {} : { reply_to_id: replyTo }),
    };
    this.#keep(this.#messages, await this.#perform(who, 'message.send', params));
  }

  #withMessage(who: number, command: string, a: number, more: Record<string, unknown> = {}): Promise<unknown> {
    const message = this.#one(this.#messages, a);
    if (message === undefined) return Promise.resolve(null);
    return this.#perform(who, command, { channel_id: message.channel_id, message_id: message.id, ...more });
  }

  async #ackAll(who: number, choices: number[]): Promise<void> {
    const chosen = choices.flatMap((choice) => this.#one(this.#messages, choice) ?? []);
    if (chosen.length === 0) return;
    const acks = chosen.map(({ id, channel_id }) => ({ message_id: id, channel_id }));
    await this.#perform(who, 'read.ack_all', { acks });
  }

  async #createServer(who: number): Promise<void> {
    const server = (await this.#perform(who, 'server.create', { name: `server ${this.#count}` })) as {
      id: string;
      channels: Known[];
    } | null;
    if (server === null) return;
    const invite = (await this.#perform(who, 'invite.create', { server_id: server.id })) as { code: string };
    this.#servers.push({ id: server.id, owner: who, invite: invite.code });
    this.#channels.push(...server.channels);
  }

  async #deleteServer(a: number): Promise<void> {
    // The first stays, so that people keep meeting.
    const server = this.#one(this.#servers.slice(1), a);
    if (server !== undefined) await this.#perform(server.owner, 'server.delete', { server_id: server.id });
  }

  async #join(who: number, a: number): Promise<void> {
    const server = this.#one(this.#servers, a);
    if (server !== undefined) await this.#perform(who, 'invite.accept', { code: server.invite });
  }

  async #setRole(a: number, b: number): Promise<void> {
    const server = this.#one(this.#servers, a);
    if (server === undefined) return;
    const params = { server_id: server.id, role_id: server.id, permissions: this.#one(ROLES, b) };
    await this.#perform(server.owner, 'role.update', params);
  }

  #keep(list: Known[], made: unknown): void {
    const known = made as Known | null;
    if (known !== null && !list.some(({ id }) => id === known.id)) list.push(known);
  }

  #one<T>(list: readonly T[], choice: number): T | undefined {
    return list[choice % Math.max(1, list.length)];
  }
}
