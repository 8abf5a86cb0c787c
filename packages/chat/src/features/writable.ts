import { type Id, type PermissionBits, Refusal } from '@snug/protocol';
import type { ChannelState } from '../world/state.ts';
import type { World } from '../world/world.ts';
import { requireChannelPermission } from './access.ts';
import { mayMessage } from './relationships/relationships.queries.ts';

/** A channel where one may do what others will read: edit, react, pin. What is archived is only read. */
export function requireWritable(world: World, userId: Id, channelId: Id, wanted: PermissionBits): ChannelState {
  const state = requireOpen(world, userId, channelId, wanted);
  if (state.channel.is_archived) throw new Refusal('CHANNEL_ARCHIVED');
  return state;
}

/** The same for sending, which wakes an archived thread. Under an archived channel nothing wakes. */
export function requireOpen(world: World, userId: Id, channelId: Id, wanted: PermissionBits): ChannelState {
  const state = requireChannelPermission(world, userId, channelId, wanted);
  if ((state.parent ?? state).channel.is_archived) throw new Refusal('CHANNEL_ARCHIVED');
  if (!mayMessage(world, userId, state)) throw new Refusal('CANNOT_MESSAGE');
  return state;
}
