import {
  type Channel,
  type CommandParams,
  type CommandResult,
  type Id,
  type Message,
  newMessage,
  Permission,
  Refusal,
} from '@snug/protocol';
import type { Decide, HandlerOf, WriteHandler } from '../../commands/handler.ts';
import { channelScope, type Guard, type NewEvent } from '../../log/envelope.ts';
import type { ChannelState } from '../../world/state.ts';
import { authorityInChannel, requireChannel, requireChannelPermission } from '../access.ts';
import { threadKey } from '../channels/channels.queries.ts';
import { calledBy, mayMention } from '../mentions/mentions.queries.ts';
import { messageQueries, type StoredMessage } from '../messages/messages.queries.ts';
import { slowMode } from '../messages/slow-mode.queries.ts';
import { follow } from './follow-effect.ts';
import { activeThreadsGuard } from './wake-thread.ts';

type Params = CommandParams<'thread.create'>;
type Result = CommandResult<'thread.create'>;
/** The message it begins from; undefined where it begins alone. */
type Loaded = StoredMessage | null | undefined;

/** Minutes: three days. */
const DEFAULT_ARCHIVE_AFTER = 4320;

/** Whoever may write in a channel may start a thread under it; who starts one follows it. */
const decideCreate: WriteHandler<Params, Result, Loaded>['decide'] = (decide) => {
  const { world, params, actor, now, loaded } = decide;
  const parent = requireChannelPermission(world, actor.userId, params.channel_id, Permission.SEND_MESSAGES);
  if (parent.channel.type !== 'text') throw new Refusal('WRONG_CHANNEL_TYPE');
  if (parent.channel.is_archived) throw new Refusal('CHANNEL_ARCHIVED');
  if (loaded === null) throw new Refusal('UNKNOWN_MESSAGE');
  if (params.content !== undefined && params.content.trim() === '') throw new Refusal('MESSAGE_EMPTY');
  const thread = newThread(decide, parent);
  const message = firstMessage(decide, parent, thread);
  const called = message?.mentions.filter((id) => id !== actor.userId) ?? [];
  const following = follow(thread.id, [actor.userId, ...called], now, 'LIMIT_REACHED');
  return {
    events: [
      { type: 'CHANNEL_CREATE', scope: channelScope(thread.id), subject: thread.id, body: thread },
      ...following.events,
      ...(message === null ? [] : [said(message)]),
    ],
    guards: [
      authorityInChannel(world, actor.userId, parent),
      ...beginsOnce(params),
      ...placeFor(parent),
      // Threads are no way around it.
      ...slowMode(parent, actor.userId, now).guards,
    ],
    result: () => world.channel(thread.id)?.channel ?? thread,
  };
};

function newThread({ params, actor, now, ids }: Decide<Params, Loaded>, { channel, server }: ChannelState): Channel {
  const at = new Date(now).toISOString();
  return {
    id: ids.next(),
    ...(server === null ? {} : { server_id: server.id }),
    parent_id: channel.id,
    type: 'thread',
    name: params.name,
    topic: '',
    position: 0,
    is_private: false,
    is_nsfw: channel.is_nsfw,
    is_archived: false,
    slow_mode_delay: channel.slow_mode_delay,
    last_message_id: null,
    last_message_at: null,
    owner_id: actor.userId,
    ...(params.message_id === undefined ? {} : { message_id: params.message_id }),
    auto_archive_after: params.auto_archive_after ?? DEFAULT_ARCHIVE_AFTER,
    message_count: 0,
    member_count: 0,
    created_at: at,
    updated_at: at,
  };
}

function firstMessage(
  { world, params, actor, now, ids }: Decide<Params, Loaded>,
  parent: ChannelState,
  thread: Channel,
): Message | null {
  const { content } = params;
  if (content === undefined) return null;
  return newMessage({
    id: ids.next(),
    channel_id: thread.id,
    parent_id: parent.channel.id,
    author_id: actor.userId,
    content,
    type: 'default',
    created_at: new Date(now).toISOString(),
    ...slowMode(parent, actor.userId, now).fields,
    ...(mayMention(content) ? calledBy(world, parent, actor.userId, content) : {}),
  });
}

function said(message: Message): NewEvent {
  return { type: 'MESSAGE_CREATE', scope: channelScope(message.channel_id), subject: message.id, body: message };
}

/** Of two threads from one message at once the second is refused. */
function beginsOnce({ channel_id, message_id }: Params): Guard[] {
  if (message_id === undefined) return [];
  return [
    { kind: 'exists', key: 'message', args: [channel_id, message_id], refusal: 'UNKNOWN_MESSAGE' },
    { kind: 'unique', key: 'thread', args: [threadKey(channel_id, message_id)], refusal: 'THREAD_EXISTS' },
  ];
}

function placeFor({ channel, server }: ChannelState): Guard[] {
  return [
    { kind: 'exists', key: 'channel', args: [channel.id], refusal: 'UNKNOWN_CHANNEL' },
    activeThreadsGuard(server?.id ?? ''),
  ];
}

export const createThread: HandlerOf<'thread.create'> = {
  limit: 'write',
  needsLoad: ({ message_id }) => message_id !== undefined,
  load: async ({ channel_id, message_id }, { actor }, { world, log }) => {
    requireChannel(world, actor.userId, channel_id);
    return (await log.read({ found: messageQueries.one(channel_id, message_id as Id) })).value.found;
  },
  decide: decideCreate,
  replay: (event, params, world, actor) => {
    if (event.type !== 'CHANNEL_CREATE') return null;
    const { id, parent_id, name, message_id } = event.body;
    const isSame = parent_id === params.channel_id && name === params.name && message_id === params.message_id;
    if (!isSame) return null;
    // Whoever cannot see it any more learns no more than what they made.
    const state = world.channel(id);
    return state !== undefined && world.can(actor.userId, state, 0n) ? state.channel : event.body;
  },
};
