/**
 * Unread and mentions, counted again from the log alone (READ, MENTION): without the tables, the world's counts or the
 * SDK. Only who holds which role, and who follows what, is asked of the world, for that is as of now.
 */
import type { Message, ReadState } from '@snug/protocol';
import type { TestInstance } from '../start-instance.ts';

export interface Unread {
  readonly unread: number;
  readonly mentions: number;
}

const CAP = 100;

interface Said {
  readonly position: number;
  readonly author: string;
  readonly countable: boolean;
  readonly calls: (me: string, roles: ReadonlySet<string>) => boolean;
}

type Body = Partial<Message> & Partial<ReadState> & { ids?: string[] };

export class UnreadOracle {
  /** By channel: messages that are there. */
  readonly #said = new Map<string, Map<string, Said>>();
  /** By user and channel: everything at or below is read. */
  readonly #read = new Map<string, number>();

  static async of(instance: TestInstance): Promise<UnreadOracle> {
    const { log, world } = instance.running.chat;
    const scopes = [...world.scopeTails.keys()];
    const positions = await log.positions(scopes, 0, Number.MAX_SAFE_INTEGER, 10_000_000);
    const oracle = new UnreadOracle();
    for (let at = 0; at < positions.length; at += 500) {
      const events = await log.events(positions.slice(at, at + 500));
      for (const { type, position, origin, body } of events) {
        oracle.#fold(type, position, origin === 'import', JSON.parse(body) as Body);
      }
    }
    return oracle;
  }

  /** What one person has not read in a channel. `baseline`: what is read by never having been there. */
  count(me: string, channelId: string, baseline: number, roles: ReadonlySet<string>): Unread {
    const read = Math.max(this.#read.get(`${me} ${channelId}`) ?? baseline, baseline);
    const open = [...(this.#said.get(channelId)?.values() ?? [])].filter(
      ({ position, author, countable }) => countable && author !== me && position > read,
    );
    const calling = open.filter(({ calls }) => calls(me, roles));
    return { unread: Math.min(CAP, open.length), mentions: Math.min(CAP, calling.length) };
  }

  #fold(type: string, position: number, isImport: boolean, body: Body): void {
    const { id = '', channel_id: channelId = '', user_id = '', read_position = 0 } = body;
    if (type === 'READ_STATE_UPDATE') this.#read.set(`${user_id} ${channelId}`, read_position);
    // Whoever follows a thread, or comes into a group, has read what was said before.
    else if (type === 'THREAD_MEMBER_ADD' || type === 'RECIPIENT_ADD')
      this.#read.set(`${user_id} ${channelId}`, position);
    else if (type === 'MESSAGE_CREATE') this.#create(position, isImport, body as Message);
    else if (type === 'MESSAGE_DELETE') this.#said.get(channelId)?.delete(id);
    else if (type === 'MESSAGE_DELETE_BULK') for (const one of body.ids ?? []) this.#said.get(channelId)?.delete(one);
  }

  #create(position: number, isImport: boolean, message: Message): void {
    const { id, channel_id, author_id, type, mentions, mention_roles, mention_everyone } = message;
    const channel = this.#said.get(channel_id) ?? new Map<string, Said>();
    this.#said.set(channel_id, channel);
    const countable = (type === 'default' || type === 'reply') && !isImport;
    channel.set(id, {
      position,
      author: author_id,
      countable,
      calls: (me, roles) => mention_everyone || mentions.includes(me) || mention_roles.some((role) => roles.has(role)),
    });
    // Speaking is reading up to there (READ4).
    if (countable) this.#read.set(`${author_id} ${channel_id}`, position);
  }
}
