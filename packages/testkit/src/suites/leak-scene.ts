/** A server with hidden parts, a group and a DM, and people who do in them whatever can be done. */
import { DEFAULT_PERMISSIONS, formatPermissions, Op, Permission, Refusal } from '@snug/protocol';
import type { Person } from '../people.ts';
import { identify, type RawGateway } from '../raw-gateway.ts';
import type { TestInstance } from '../start-instance.ts';

const VIEW = formatPermissions(Permission.VIEW_CHANNEL);
const EMOJI = ['👍', '🎉', '😀'];

type Params = Record<string, unknown>;
interface Made {
  readonly id: string;
  readonly code?: string;
}

/** The stage. What is hidden is in `secrets`: ids, names and words that must not be heard outside. */
export class LeakScene {
  readonly secrets = new Set<string>();
  /** Known to every member, and to nobody else. */
  readonly houseSecrets = new Set<string>();
  readonly #instance: TestInstance;
  /** Owner first; all of them see everything that is hidden. */
  readonly insiders: readonly Person[];
  serverId = '';
  publicId = '';
  innerRole = '';
  groupId = '';
  readonly hidden: string[] = [];
  readonly #threads: { readonly id: string; readonly parent: string }[] = [];
  readonly #messages: { readonly id: string; readonly channel_id: string }[] = [];
  readonly #gateways: RawGateway[] = [];
  /** People who are mentioned in hidden places though they cannot look there. */
  readonly #strangers: readonly Person[];
  #count = 0;
  accepted = 0;

  constructor(instance: TestInstance, insiders: readonly Person[], strangers: readonly Person[]) {
    this.#instance = instance;
    this.insiders = insiders;
    this.#strangers = strangers;
  }

  /** Runs a command; null where it was refused. */
  async do(who: Person, command: string, params: Params): Promise<Made | null> {
    const { chat } = this.#instance.running;
    try {
      const actor = await chat.actorOf(who.token, 'leak');
      const { json } = await chat.dispatch(command, params, actor);
      this.accepted++;
      return json === null ? ({} as Made) : ((JSON.parse(json) as Made | null) ?? ({} as Made));
    } catch (error) {
      if (error instanceof Refusal && error.status < 500) return null;
      throw error;
    }
  }

  async must(who: Person, command: string, params: Params): Promise<Made> {
    const made = await this.do(who, command, params);
    if (made === null) throw new Error(`${command} was refused`);
    return made;
  }

  /** Members see the public channel; those with the inner role also a private one, one in a hidden category, a voice one. */
  async build(members: readonly Person[], inGroup: readonly Person[]): Promise<void> {
    const [owner, ...others] = this.insiders as [Person, ...Person[]];
    // Whoever can be found is found by strangers: that is no leak.
    for (const person of this.insiders) await this.must(person, 'settings.update', { is_findable: false });
    const server = (await this.must(owner, 'server.create', { name: 'House' })) as unknown as {
      id: string;
      channels: Made[];
    };
    this.serverId = server.id;
    this.publicId = (server.channels[0] as Made).id;
    const server_id = server.id;
    const role = { server_id, name: 'inner', permissions: formatPermissions(DEFAULT_PERMISSIONS) };
    this.innerRole = (await this.must(owner, 'role.create', role)).id;
    const { code } = await this.must(owner, 'invite.create', { server_id });
    for (const person of [...others, ...members]) await this.must(person, 'invite.accept', { code });
    for (const person of others) await this.#giveInner(person);
    const category = await this.must(owner, 'category.create', { server_id, name: 'Upstairs' });
    const shown = { target_type: 'role', target_id: this.innerRole, allow: VIEW };
    await this.must(owner, 'category.set_override', { category_id: category.id, ...shown });
    const closed = { target_type: 'role', target_id: server_id, deny: VIEW };
    await this.must(owner, 'category.set_override', { category_id: category.id, ...closed });
    await this.#hiddenChannel({ category_id: category.id });
    await this.#hiddenChannel({ is_private: true });
    await this.#hiddenChannel({ is_private: true, type: 'voice' });
    const people = [...others, ...inGroup].map(({ id }) => id);
    this.groupId = (await this.must(owner, 'group.create', { name: this.#secret('group'), recipient_ids: people })).id;
    const dm = await this.must(owner, 'dm.open', { recipient_id: (others[0] as Person).id });
    this.hidden.push(this.groupId, dm.id);
    for (const id of this.hidden) this.secrets.add(id);
    for (const id of [this.serverId, this.publicId, this.innerRole]) this.houseSecrets.add(id);
  }

  async openGateways(): Promise<void> {
    for (const { token } of this.insiders) this.#gateways.push((await identify(this.#instance.url, token)).gateway);
  }

  async close(): Promise<void> {
    for (const gateway of this.#gateways) await gateway.close();
  }

  async #giveInner({ id }: Person): Promise<void> {
    const params = { server_id: this.serverId, user_id: id, role_id: this.innerRole };
    await this.must(this.insiders[0] as Person, 'member.add_role', params);
  }

  async initiate(person: Person): Promise<void> {
    await this.#giveInner(person);
  }

  async #hiddenChannel(more: Params): Promise<string> {
    const owner = this.insiders[0] as Person;
    const params = { server_id: this.serverId, name: this.#secret('room'), ...more };
    const { id } = await this.must(owner, 'channel.create', params);
    this.secrets.add(id);
    const shown = { target_type: 'role', target_id: this.innerRole, allow: VIEW };
    if (more.is_private === true) await this.must(owner, 'override.set', { channel_id: id, ...shown });
    this.hidden.push(id);
    return id;
  }

  /** A word that was never said before. */
  #secret(kind: string): string {
    const word = `${kind}-hush${++this.#count}`;
    this.secrets.add(word);
    return word;
  }

  /** One thing in the open, so that everybody has something to hear. Answers what was said. */
  async inTheOpen(random: () => number): Promise<string> {
    const content = `open-${++this.#count}`;
    const made = await this.must(this.#insider(random), 'message.send', { channel_id: this.publicId, content });
    this.houseSecrets.add(content).add(made.id);
    return content;
  }

  /** One thing that nobody outside may hear of. */
  async inHiding(random: () => number): Promise<void> {
    const doings = [...this.#words(random), ...this.#places(random), ...this.#passing(random)];
    const chosen =
      random() < 0.35 ? this.#say(random) : (doings[Math.floor(random() * doings.length)] as () => unknown)();
    await chosen;
  }

  async #say(random: () => number): Promise<void> {
    const [places, stranger] = [
      [...this.hidden, ...this.#threads.map(({ id }) => id)],
      this.#one(this.#strangers, random),
    ];
    const calls = random() < 0.3 ? ` <@${stranger.id}> @everyone` : '';
    const content = `${this.#secret('words')}${calls}`;
    const made = await this.do(this.#insider(random), 'message.send', {
      channel_id: this.#one(places, random),
      content,
    });
    if (made === null) return;
    this.secrets.add(made.id);
    this.#messages.push(made as unknown as { id: string; channel_id: string });
  }

  #words(random: () => number): (() => Promise<unknown>)[] {
    const message = this.#one(this.#messages.slice(-15), random);
    if (message === undefined) return [];
    const who = this.#insider(random);
    const at = { channel_id: message.channel_id, message_id: message.id };
    const emoji = this.#one(EMOJI, random);
    return [
      () => this.do(who, 'message.edit', { ...at, content: this.#secret('edit') }),
      () => this.do(who, 'message.delete', { ...at, reason: this.#secret('reason') }),
      () => this.do(who, 'message.bulk_delete', { channel_id: at.channel_id, message_ids: [message.id] }),
      () => this.do(who, 'reaction.add', { ...at, emoji }),
      () => this.do(who, 'reaction.remove', { ...at, emoji }),
      () => this.do(who, 'reaction.clear', at),
      () => this.do(who, 'pin.add', at),
      () => this.do(who, 'pin.remove', at),
      () => this.do(who, 'read.ack', at),
      () => this.do(who, 'read.mark_unread', at),
      () => this.#startThread(who, message),
    ];
  }

  async #startThread(who: Person, { id, channel_id }: { id: string; channel_id: string }): Promise<void> {
    const params = { channel_id, message_id: id, name: this.#secret('thread'), content: this.#secret('words') };
    const made = await this.do(who, 'thread.create', params);
    if (made === null) return;
    this.secrets.add(made.id);
    this.#threads.push({ id: made.id, parent: channel_id });
  }

  #places(random: () => number): (() => Promise<unknown>)[] {
    const [owner, other] = this.insiders as [Person, Person];
    const server_id = this.serverId;
    const place = this.#one(this.hidden, random);
    const thread = this.#one(this.#threads, random)?.id;
    const reason = (): string => this.#secret('reason');
    const update = (more: Params) => this.do(owner, 'channel.update', { channel_id: place, reason: reason(), ...more });
    const override = { target_type: 'member', target_id: other.id, allow: VIEW };
    return [
      () => update({ topic: this.#secret('topic') }),
      () => update({ name: this.#secret('name') }),
      () => update({ slow_mode_delay: 0, is_nsfw: random() < 0.5 }),
      () => this.do(owner, 'override.set', { channel_id: place, ...override, reason: reason() }),
      () => this.do(owner, 'override.delete', { channel_id: place, target_id: other.id }),
      () =>
        this.do(owner, 'channel.update', {
          channel_id: thread,
          is_archived: random() < 0.5,
          name: this.#secret('thread'),
        }),
      () => this.do(this.#insider(random), 'thread.follow', { channel_id: thread }),
      () => this.do(this.#insider(random), 'thread.unfollow', { channel_id: thread }),
      () => this.#comeAndGo(),
      () => this.#newInvite({ server_id, note: this.#secret('note') }, 'invite.create'),
      () => this.#newInvite({ channel_id: this.groupId }, 'group.create_invite'),
      () => this.do(owner, 'group.set_role', { channel_id: this.groupId, user_id: other.id, role: 'mod' }),
      () => this.do(owner, 'role.update', { server_id, role_id: this.innerRole, color: 7, reason: reason() }),
    ];
  }

  async #newInvite(params: Params, command: string): Promise<void> {
    const made = await this.do(this.insiders[0] as Person, command, params);
    if (made?.code !== undefined) this.secrets.add(made.code);
  }

  /** A hidden channel that is made and deleted again. */
  async #comeAndGo(): Promise<void> {
    const id = await this.#hiddenChannel({ is_private: true });
    this.hidden.splice(this.hidden.indexOf(id), 1);
    await this.do(this.insiders[0] as Person, 'message.send', { channel_id: id, content: this.#secret('words') });
    await this.do(this.insiders[0] as Person, 'channel.delete', { channel_id: id, reason: this.#secret('reason') });
  }

  /** What does not last: typing, and being active in a room. */
  #passing(random: () => number): (() => Promise<unknown>)[] {
    const channel_id = this.#one(this.hidden, random);
    const gateway = this.#one(this.#gateways, random);
    const enter = async (room: string | null): Promise<void> =>
      gateway?.send({ op: Op.PRESENCE_UPDATE, d: { status: 'online', channel_id: room } });
    return [
      () => this.do(this.#insider(random), 'typing.start', { channel_id }),
      () => this.do(this.#insider(random), 'typing.stop', { channel_id }),
      () => enter(channel_id),
      () => enter(null),
    ];
  }

  #insider(random: () => number): Person {
    return this.#one(this.insiders, random);
  }

  #one<T>(list: readonly T[], random: () => number): T {
    return list[Math.floor(random() * list.length)] as T;
  }
}
