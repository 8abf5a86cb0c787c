/**
 * What the end of an account leaves to do (E17, E25), after USER_DELETE: its places, its links, what others had to do
 * with it, and with `erase` its reactions and messages. By one holder, step by step, each from what the log says now:
 * stopped anywhere, it goes on at the next start.
 */
import type { Id, MessageFate } from '@snug/protocol';
import { authorityToDepart, departure } from '../features/conversations/conversations.queries.ts';
import { successor } from '../features/servers/succession.ts';
import { channelScope, type Guard, memberKey, type NewEvent, serverScope, userScope } from '../log/envelope.ts';
import type { Query } from '../log/log.ts';
import type { Services } from '../services.ts';
import type { ChannelState, ServerState } from '../world/state.ts';
import { authorPurge } from './author-purge.ts';
import { OneAtATime } from './one-at-a-time.ts';
import { removeReactionsOf } from './reaction-removal.ts';

interface Pending {
  readonly user_id: Id;
  readonly messages: MessageFate;
}

interface Link {
  readonly code: string;
  readonly server_id: Id | null;
  readonly channel_id: Id | null;
}

interface Decided {
  readonly events: NewEvent[];
  readonly guards?: Guard[];
}

const PENDING: Query<Pending[]> = {
  sql: 'SELECT user_id, messages FROM account_deletions ORDER BY position LIMIT 1',
  params: [],
  map: (rows) => rows as unknown as Pending[],
};

const linksBy = (userId: Id): Query<Link[]> => ({
  sql: 'SELECT code, server_id, channel_id FROM invites WHERE created_by = ? LIMIT 500',
  params: [userId],
  map: (rows) => rows as unknown as Link[],
});

/** Events of one append where many are alike. */
const SLICE = 250;

export class AccountDeletionJob {
  readonly #services: Services;
  readonly #turns = new OneAtATime(() => this.#work());

  constructor(services: Services) {
    this.#services = services;
  }

  /** Works off every account that ended; a call while it runs makes it look again. */
  run(): Promise<void> {
    return this.#turns.run();
  }

  stop(): void {
    this.#turns.stop();
  }

  async #work(): Promise<void> {
    for (;;) {
      const [pending] = (await this.#services.log.read({ pending: PENDING })).value.pending;
      if (pending === undefined || this.#turns.isStopped) return;
      await this.#finish(pending);
    }
  }

  async #finish({ user_id: userId, messages }: Pending): Promise<void> {
    await this.#revokeLinks(userId);
    await this.#leavePlaces(userId);
    await this.#endRelations(userId);
    if (messages === 'erase') await removeReactionsOf(this.#services, userId, () => this.#turns.isStopped);
    if (this.#turns.isStopped) return;
    const purge = authorPurge({ author_id: userId, server_id: null, since: null, cause: 'account' });
    const done: NewEvent = {
      type: 'USER_DELETE_DONE',
      scope: userScope(userId),
      subject: userId,
      body: { id: userId },
    };
    await this.#append(userId, () => ({ events: messages === 'erase' ? [purge, done] : [done] }));
  }

  /** They lead nowhere from here on, neither into a place nor to an account of one's own (E35). */
  async #revokeLinks(userId: Id): Promise<void> {
    const { log, auth } = this.#services;
    while (!this.#turns.isStopped) {
      const { links } = (await log.read({ links: linksBy(userId) })).value;
      if (links.length === 0) return;
      await Promise.all(links.map(({ code, server_id }) => (server_id === null ? null : auth.closeRegistration(code))));
      await this.#append(userId, () => ({ events: links.flatMap(revocation) }));
    }
  }

  async #leavePlaces(userId: Id): Promise<void> {
    const { world } = this.#services;
    for (const { channel, followers } of [...world.channels.values()]) {
      if (followers?.has(userId) !== true || this.#turns.isStopped) continue;
      const body = { channel_id: channel.id, user_id: userId };
      const scope = channelScope(channel.id);
      await this.#append(userId, () => ({ events: [{ type: 'THREAD_MEMBER_REMOVE', scope, subject: userId, body }] }));
    }
    const user = world.users.get(userId);
    for (const server of [...(user?.servers ?? [])]) {
      if (server.deletedAt === null) await this.#append(userId, () => this.#leaveServer(userId, server));
    }
    for (const state of [...(user?.dms ?? [])]) {
      if (state.channel.type === 'group_dm') await this.#append(userId, () => this.#leaveGroup(userId, state));
    }
  }

  #leaveServer(userId: Id, server: ServerState): Decided | null {
    const { world, now } = this.#services;
    if (server.deletedAt !== null || !world.isIn(userId, server)) return null;
    const scope = serverScope(server.id);
    const at = new Date(now()).toISOString();
    const guards: Guard[] = [{ kind: 'authority', keys: [scope, memberKey(server.id, userId)], position: world.tail }];
    const events: NewEvent[] = [];
    if (server.ownerId === userId) {
      const next = successor(server);
      if (next === null) {
        const body = { id: server.id, deleted_at: at };
        return { events: [{ type: 'SERVER_DELETE', scope, subject: server.id, body }], guards };
      }
      guards.push({ kind: 'exists', key: 'member', args: [server.id, next], refusal: 'STALE' });
      const body = { id: server.id, owner_id: next, updated_at: at };
      events.push({ type: 'SERVER_UPDATE', scope, subject: server.id, body });
    }
    const body = { user_id: userId, server_id: server.id, removed_by: userId };
    events.push({ type: 'MEMBER_REMOVE', scope, subject: userId, body });
    return { events, guards };
  }

  #leaveGroup(userId: Id, state: ChannelState): Decided | null {
    const { world, now } = this.#services;
    if (state.deletedAt !== null || !state.recipients.includes(userId)) return null;
    const events = departure(state, userId, { removedBy: userId, isBanned: false, now: now() });
    return { events, guards: authorityToDepart(world, userId, state) };
  }

  /** Nobody is the friend of somebody who is gone, nor needs a block against them. */
  async #endRelations(userId: Id): Promise<void> {
    const { world, now } = this.#services;
    const others = [...world.users.values()]
      .filter(({ relations }) => relations.has(userId))
      .map(({ user }) => user.id);
    for (let at = 0; at < others.length && !this.#turns.isStopped; at += SLICE) {
      const since = new Date(now()).toISOString();
      const body = { user_id: userId, type: null, since };
      const events = others
        .slice(at, at + SLICE)
        .map((id): NewEvent => ({ type: 'RELATIONSHIP_UPDATE', scope: userScope(id), subject: userId, body }));
      await this.#append(userId, () => ({ events }));
    }
  }

  /** Decided again as often as another change comes first. */
  async #append(actor: Id, decide: () => Decided | null): Promise<void> {
    const { log, now } = this.#services;
    while (!this.#turns.isStopped) {
      const decided = decide();
      if (decided === null) return;
      const { events, guards = [] } = decided;
      const { kind } = await log.append({ actor, at: now(), trace: 'job:account-deletion', events, guards });
      if (kind === 'committed') return;
      if (kind !== 'stale') throw new Error(`a step of an account's end was ${kind}`);
    }
  }
}

function revocation({ code, server_id, channel_id }: Link): NewEvent[] {
  if (server_id !== null) {
    const body = { code, server_id };
    return [{ type: 'INVITE_DELETE', scope: serverScope(server_id), subject: server_id, body }];
  }
  if (channel_id === null) return [];
  const body = { code, channel_id };
  return [{ type: 'GROUP_INVITE_DELETE', scope: channelScope(channel_id), subject: channel_id, body }];
}
