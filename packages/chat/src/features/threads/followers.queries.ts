/** Who follows what, in the world: both ends of it. */
import type { Id } from '@snug/protocol';
import type { World } from '../../world/world.ts';

export function addFollower(world: World, channelId: Id, userId: Id): void {
  const state = world.channels.get(channelId);
  if (state === undefined || state.followers === null) return;
  state.followers.add(userId);
  state.channel = { ...state.channel, member_count: state.followers.size };
  const followed = world.followed.get(userId);
  if (followed === undefined) world.followed.set(userId, new Set([state]));
  else followed.add(state);
}

/** The account is gone: it follows nothing any more. */
export function forgetFollower(world: World, userId: Id): void {
  for (const { channel } of world.followed.get(userId) ?? []) removeFollower(world, channel.id, userId);
}

export function removeFollower(world: World, channelId: Id, userId: Id): void {
  const state = world.channels.get(channelId);
  if (state === undefined || state.followers?.delete(userId) !== true) return;
  state.channel = { ...state.channel, member_count: state.followers.size };
  const followed = world.followed.get(userId);
  followed?.delete(state);
  if (followed?.size === 0) world.followed.delete(userId);
}
