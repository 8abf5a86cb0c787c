/** A group's part of `channel.update` and `channel.delete`; a DM has neither. */
import { type Channel, type CommandParams, can, Permission, Refusal } from '@snug/protocol';
import type { Answered, Decide, Decided } from '../../commands/handler.ts';
import { channelScope, type Guard } from '../../log/envelope.ts';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { authorityInChannel } from '../access.ts';

type Update = CommandParams<'channel.update'>;

/** Its admins name it, describe it, and show or hide it. */
export function updateGroup(
  { world, params, actor, now }: Decide<Update, unknown>,
  state: ChannelState,
): Decided<Channel> | Answered<Channel> {
  if (state.channel.type !== 'group_dm') throw new Refusal('WRONG_CHANNEL_TYPE');
  if (!can(channelPermissions(actor.userId, state), Permission.MANAGE_CHANNELS))
    throw new Refusal('MISSING_PERMISSION');
  if (isOfOtherTypes(params)) throw new Refusal('WRONG_CHANNEL_TYPE');
  const { name, topic, visibility } = params;
  const changes = Object.entries({ name, topic, visibility }).filter(
    ([key, value]) => value !== undefined && state.channel[key as keyof Channel] !== value,
  );
  if (changes.length === 0) return { answer: state.channel };
  const { id } = state.channel;
  const body = { id, ...(Object.fromEntries(changes) as Partial<Channel>), updated_at: new Date(now).toISOString() };
  return {
    events: [{ type: 'CHANNEL_UPDATE', scope: channelScope(id), subject: id, body }],
    guards: stillThere(world, actor.userId, state),
    result: () => state.channel,
  };
}

/** A tombstone; a job purges what was said (E17). */
export function deleteGroup(
  { world, actor, now }: Decide<CommandParams<'channel.delete'>, unknown>,
  state: ChannelState,
): Decided<null> {
  if (state.channel.type !== 'group_dm') throw new Refusal('WRONG_CHANNEL_TYPE');
  if (state.channel.owner_id !== actor.userId) throw new Refusal('MISSING_PERMISSION');
  const { id } = state.channel;
  const body = { id, deleted_at: new Date(now).toISOString() };
  return {
    events: [{ type: 'CHANNEL_DELETE', scope: channelScope(id), subject: id, body }],
    guards: stillThere(world, actor.userId, state),
    result: () => null,
  };
}

function stillThere(world: World, userId: string, state: ChannelState): Guard[] {
  return [
    authorityInChannel(world, userId, state),
    { kind: 'exists', key: 'channel', args: [state.channel.id], refusal: 'UNKNOWN_CHANNEL' },
  ];
}

/** Settings that a group does not have. */
function isOfOtherTypes(given: Update): boolean {
  const { position, category_id, is_private, is_nsfw, slow_mode_delay, is_archived, auto_archive_after } = given;
  return [position, category_id, is_private, is_nsfw, slow_mode_delay, is_archived, auto_archive_after].some(
    (value) => value !== undefined,
  );
}
