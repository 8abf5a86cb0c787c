/** A thread's part of `channel.update` and `channel.delete`. */
import { type Channel, type CommandParams, can, type Id, Permission, Refusal } from '@snug/protocol';
import type { Answered, Decide, Decided } from '../../commands/handler.ts';
import { channelScope, type NewEvent } from '../../log/envelope.ts';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState } from '../../world/state.ts';
import { authorityInChannel } from '../access.ts';
import { withReason } from '../audit-note.ts';
import { wake } from './wake-thread.ts';

type Update = CommandParams<'channel.update'>;

/** Its maker names and archives it, as long as they may write there; whoever manages messages may do all of it. */
export function updateThread(
  { world, params, actor, now }: Decide<Update, unknown>,
  state: ChannelState,
): Decided<Channel> | Answered<Channel> {
  const { name, is_archived, auto_archive_after, slow_mode_delay } = params;
  const bits = channelPermissions(actor.userId, state);
  const isMaker = state.channel.owner_id === actor.userId && can(bits, Permission.SEND_MESSAGES);
  const isModerator = can(bits, Permission.MANAGE_MESSAGES);
  if (!isModerator && (!isMaker || slow_mode_delay !== undefined)) throw new Refusal('MISSING_PERMISSION');
  if (isOfOtherTypes(params)) throw new Refusal('WRONG_CHANNEL_TYPE');
  const changes = changed(state.channel, { name, is_archived, auto_archive_after, slow_mode_delay });
  if (Object.keys(changes).length === 0) return { answer: state.channel };
  const { id, server_id, parent_id } = state.channel;
  const waking = changes.is_archived === false ? wake(world, state, now, changes) : null;
  const body = { id, server_id, parent_id, ...changes, updated_at: new Date(now).toISOString() };
  return {
    events: explained(
      state,
      actor.userId,
      params.reason,
      waking?.event ?? { type: 'CHANNEL_UPDATE', scope: channelScope(id), subject: id, body },
    ),
    guards: [
      authorityInChannel(world, actor.userId, state),
      { kind: 'exists', key: 'channel', args: [id], refusal: 'UNKNOWN_CHANNEL' },
      ...(waking?.guards ?? []),
    ],
    result: () => state.channel,
  };
}

/** A tombstone; a job purges what was said (E17). The message it began from may begin another one. */
export function deleteThread(
  { world, params, actor, now }: Decide<CommandParams<'channel.delete'>, unknown>,
  state: ChannelState,
): Decided<null> {
  if (!can(channelPermissions(actor.userId, state), Permission.MANAGE_MESSAGES))
    throw new Refusal('MISSING_PERMISSION');
  const { id, server_id, parent_id, owner_id } = state.channel;
  const body = { id, server_id, parent_id, owner_id, deleted_at: new Date(now).toISOString() };
  return {
    events: explained(state, actor.userId, params.reason, {
      type: 'CHANNEL_DELETE',
      scope: channelScope(id),
      subject: id,
      body,
    }),
    guards: [
      authorityInChannel(world, actor.userId, state),
      { kind: 'exists', key: 'channel', args: [id], refusal: 'UNKNOWN_CHANNEL' },
    ],
    result: () => null,
  };
}

/** Settings that a thread does not have: its parent's hold for it. */
function isOfOtherTypes({ topic, position, category_id, is_private, is_nsfw, visibility }: Update): boolean {
  return [topic, position, category_id, is_private, is_nsfw, visibility].some((value) => value !== undefined);
}

function changed(channel: Channel, given: { [K in keyof Channel]?: Channel[K] | undefined }): Partial<Channel> {
  return Object.fromEntries(
    Object.entries(given).filter(([key, value]) => value !== undefined && channel[key as keyof Channel] !== value),
  );
}

/** What somebody does with their own thread needs no reason. */
function explained(
  { channel, server }: ChannelState,
  actorId: Id,
  reason: string | undefined,
  act: NewEvent,
): readonly NewEvent[] {
  return server === null || channel.owner_id === actorId ? [act] : withReason(server.id, reason, act);
}
