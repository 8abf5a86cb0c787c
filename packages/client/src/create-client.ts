import type { Channel, CommandInput, CommandName, CommandResult, Discovery, Id, Message, User } from '@snug/protocol';
import { AckQueue } from './actions/ack-queue.ts';
import { Caller } from './actions/caller.ts';
import { LearnUnknown } from './actions/learn-unknown.ts';
import { listMembers } from './actions/list-members.ts';
import { loadReceipts } from './actions/load-receipts.ts';
import { MessageLoader } from './actions/message-loader.ts';
import type { MessageRange } from './actions/message-range.ts';
import { openChannel } from './actions/open-channel.ts';
import { ReactionQueue } from './actions/reaction-queue.ts';
import { TypingSignal } from './actions/typing-signal.ts';
import { LiveConnection } from './connection/live-connection.ts';
import { environment } from './environment.ts';
import { LiveOutbox } from './outbox/live-outbox.ts';
import { Rest } from './rest/rest.ts';
import { SnugError } from './rest/snug-error.ts';
import { Session } from './session/session.ts';
import type { ClientOptions, SnugClient } from './snug-client.ts';
import type { Dispatch, DispatchBody, DispatchType } from './store/dispatch.ts';
import { DispatchListeners } from './store/dispatch-listeners.ts';
import { learnUser, wantUser } from './store/fold-users.ts';
import { LiveStore } from './store/live-store.ts';

/**
 * A client of one instance. Nothing happens before `session.register`, `login` or `restore`, and no events flow before
 * `connection.start`.
 */
export function createClient(options: ClientOptions): SnugClient {
  return new LiveClient(options);
}

class LiveClient implements SnugClient {
  readonly session: Session;
  readonly connection: LiveConnection;
  readonly outbox: LiveOutbox;
  readonly store: LiveStore;
  readonly #rest: Rest;
  readonly #caller: Caller;
  readonly #loader: MessageLoader;
  readonly #acks: AckQueue;
  readonly #typing: TypingSignal;
  readonly #learner: LearnUnknown;
  readonly #reactions: ReactionQueue;
  readonly #listeners: DispatchListeners;
  readonly #onError: (error: unknown) => void;
  #account: Id | null = null;

  constructor(options: ClientOptions) {
    const env = environment(options);
    const { url, now, random, onError, storage, locks, WebSocket } = env;
    this.#onError = onError;
    this.#rest = new Rest({ url, fetch: env.fetch, cookies: env.tokens === 'cookie' });
    this.store = new LiveStore({ now, onError });
    this.session = new Session({ ...env, rest: this.#rest });
    this.connection = new LiveConnection({
      socketUrl: env.socketUrl,
      session: this.session,
      rest: this.#rest,
      ...{ WebSocket, now, random, onError },
      onSnapshot: (snapshot, position) => this.store.reset(snapshot, position),
      onBatch: (dispatches, cursor) => this.store.apply(dispatches, cursor),
      onPresence: (presence) => this.store.setPresence(presence),
      onMembersWanted: (serverId, request) =>
        this.#inBackground(listMembers(this.#caller, this.store, serverId, request)),
    });
    this.#caller = new Caller(this.#rest, this.session, this.connection, this.store);
    this.outbox = new LiveOutbox({
      ...{ url, storage, locks, now, random, onError, store: this.store, connection: this.connection },
      send: (params) => this.#caller.request('message.send', params),
    });
    this.#loader = new MessageLoader(this.#caller, this.store);
    this.#acks = new AckQueue(this.#caller, this.store, onError);
    this.#typing = new TypingSignal(this.#caller, now, onError);
    this.#learner = new LearnUnknown(this.#caller, this.store, onError);
    this.#reactions = new ReactionQueue(this.#caller, this.store);
    this.#listeners = new DispatchListeners(onError);
    this.#connectParts();
  }

  async call<N extends CommandName>(name: N, params: CommandInput<N>): Promise<CommandResult<N>> {
    return (await this.#caller.call(name, params)).result;
  }

  async request<N extends CommandName>(name: N, params: CommandInput<N>): Promise<CommandResult<N>> {
    return (await this.#caller.request(name, params)).result;
  }

  perform<N extends CommandName>(name: N, params: CommandInput<N>): Promise<CommandResult<N>> {
    return this.#caller.perform(name, params);
  }

  async discovery(): Promise<Discovery> {
    const request = { method: 'GET', path: '/.well-known/snug', body: null };
    return (await this.#rest.send<Discovery>(request, { token: null })).result;
  }

  on<T extends DispatchType>(type: T, listener: (body: DispatchBody<T>) => void): () => void {
    return this.#listeners.add(type, listener);
  }

  loadMessages(channelId: Id, range: MessageRange): Promise<void> {
    return this.#loader.load(channelId, range);
  }

  setFollowing(channelId: Id, following: boolean): void {
    if (following) this.store.ledger.notFollowing.delete(channelId);
    else this.store.ledger.notFollowing.add(channelId);
  }

  async editMessage(channelId: Id, messageId: Id, content: string): Promise<void> {
    await this.perform('message.edit', { channel_id: channelId, message_id: messageId, content });
  }

  async deleteMessage(channelId: Id, messageId: Id): Promise<void> {
    await this.perform('message.delete', { channel_id: channelId, message_id: messageId });
  }

  ack(channelId: Id, messageId: Id): void {
    this.#acks.ack(channelId, messageId);
  }

  flushAcks(): Promise<void> {
    return this.#acks.flush();
  }

  markUnread(channelId: Id, messageId: Id): Promise<void> {
    return this.#acks.markUnread(channelId, messageId);
  }

  typing(channelId: Id): void {
    this.#typing.typing(channelId);
  }

  typingStopped(channelId: Id): void {
    this.#typing.stopped(channelId);
  }

  markAllRead(serverId?: Id): Promise<void> {
    return this.#acks.markAll(serverId ?? null);
  }

  setReaction(channelId: Id, messageId: Id, emoji: string, isOn: boolean, isSuper = false): Promise<void> {
    return this.#reactions.set(channelId, messageId, { emoji, isOn, isSuper });
  }

  openChannel(channelId: Id): Promise<Channel> {
    return openChannel(this.#caller, this.store, channelId);
  }

  loadReceipts(channelId: Id): Promise<void> {
    return loadReceipts(this.#caller, this.store, channelId);
  }

  learnUsers(userIds: Iterable<Id>): void {
    this.store.applyAt(this.store.getState().cursor, (context) => {
      for (const userId of userIds) wantUser(context, userId);
    });
  }

  async findUser(idOrUsername: string): Promise<User> {
    const { result, position } = await this.#caller.request('user.get', { user_id: idOrUsername });
    this.store.applyAt(position ?? this.store.getState().cursor, (context) => learnUser(context, result));
    return result;
  }

  close(): void {
    this.connection.close();
    this.outbox.close();
    this.session.close();
    this.#acks.close();
    this.#learner.forget();
    this.#listeners.clear();
    this.store.close();
  }

  #connectParts(): void {
    this.store.setEffects({
      onSettled: (nonces) => this.outbox.settled(nonces),
      onWanted: (wanted) => {
        this.#learner.learn(wanted);
        for (const serverId of wanted.memberLists) this.connection.membersChanged(serverId);
      },
      onDispatches: (dispatches: readonly Dispatch[]) => {
        this.#noteSent(dispatches);
        this.#listeners.tell(dispatches);
      },
    });
    this.connection.subscribe(() => {
      this.store.setConnection(this.connection.state);
      if (this.connection.status === 'online') this.#loader.forgiveOffline();
    });
    // After the connection's own subscription: what a closing socket still delivers comes before the store is cleared.
    this.session.subscribe(() => this.#followSession());
  }

  /** Whoever has just said something and types on, types anew. */
  #noteSent(dispatches: readonly Dispatch[]): void {
    for (const { t, d } of dispatches) {
      if (t !== 'MESSAGE_CREATE') continue;
      const { author_id, channel_id } = (d ?? {}) as Partial<Message>;
      if (channel_id !== undefined && author_id === this.#account) this.#typing.sent(channel_id);
    }
  }

  /** Another account, or none: nothing of the last one stays. */
  #followSession(): void {
    const { state } = this.session;
    const account = state.status === 'signed_in' ? state.account.id : null;
    if (account === this.#account) return;
    const loggedOut = state.status === 'signed_out' && state.reason === 'logged_out';
    this.#account = account;
    this.connection.forget();
    this.outbox.leave(loggedOut);
    this.#acks.close();
    this.#learner.forget();
    this.#reactions.forget();
    this.store.clear();
    if (account !== null) this.outbox.enter(account);
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      // Being offline, or a refusal: the list stays as it is. A bug is told.
      if (!(error instanceof SnugError)) this.#onError(error);
    });
  }
}
