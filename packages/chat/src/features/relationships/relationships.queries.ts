/** Whom a person lets come near: what other features ask before one reaches another. A block is never told. */
import type { Id, WhoMay } from '@snug/protocol';
import type { ChannelState, UserState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

/** Whether `userId` is blocked by `byId`. */
export function isBlockedBy(world: World, userId: Id, byId: Id): boolean {
  return world.users.get(byId)?.relations.get(userId)?.type === 'blocked';
}

/** Whether one of the two blocks the other. */
export function isBlockBetween(world: World, a: Id, b: Id): boolean {
  return isBlockedBy(world, a, b) || isBlockedBy(world, b, a);
}

function areFriends(world: World, a: Id, b: Id): boolean {
  return world.users.get(a)?.relations.get(b)?.type === 'friend';
}

function sharesServer(world: World, a: Id, b: Id): boolean {
  const [first, second] = [world.users.get(a), world.users.get(b)];
  if (first === undefined || second === undefined) return false;
  const [few, other] = first.servers.size <= second.servers.size ? [first, b] : [second, a];
  for (const server of few.servers) if (server.deletedAt === null && world.isIn(other, server)) return true;
  return false;
}

/**
 * Whether words may be sent into this channel as far as people are concerned: in a DM neither blocks the other and both
 * are still there. Refused as CANNOT_MESSAGE. What the channel's permissions say is another question.
 */
export function mayMessage(world: World, fromId: Id, { channel, recipients }: ChannelState): boolean {
  if (channel.type !== 'dm') return true;
  return recipients.every((id) => id === fromId || (isReachable(world, id) && !isBlockBetween(world, fromId, id)));
}

/** Whether a new DM may be opened: friends always, others as the settings say. Refused as CANNOT_MESSAGE. */
export function mayStartDm(world: World, fromId: Id, toId: Id): boolean {
  return isLetNear(world, fromId, toId, (to) => to.settings.dm_from);
}

/** Whether somebody may be asked to be a friend, or be added to a group. Refused as CANNOT_MESSAGE. */
export function mayAdd(world: World, fromId: Id, toId: Id): boolean {
  return isLetNear(world, fromId, toId, (to) => to.settings.add_from);
}

/** Neither a deleted account nor an imported author can be reached: nobody reads there. */
function isReachable(world: World, userId: Id): boolean {
  const user = world.users.get(userId)?.user;
  return user !== undefined && user.is_deleted !== true && user.origin === undefined;
}

function isLetNear(world: World, fromId: Id, toId: Id, settingOf: (to: UserState) => WhoMay): boolean {
  const to = world.users.get(toId);
  if (to === undefined || !isReachable(world, toId) || isBlockBetween(world, fromId, toId)) return false;
  if (areFriends(world, toId, fromId)) return true;
  switch (settingOf(to)) {
    case 'everyone':
      return true;
    case 'servers':
      return sharesServer(world, fromId, toId);
    case 'friends':
    case 'nobody':
      return false;
  }
}
