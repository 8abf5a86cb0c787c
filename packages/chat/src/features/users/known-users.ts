/** Whom one may know of, and how much. Who is hidden answers the same as who is not there. */
import { type Id, type User, usernameKey } from '@snug/protocol';
import type { UserState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { isBlockBetween } from '../relationships/relationships.queries.ts';
import { isThere } from './is-there.ts';

/** An id is tried first, then a username. */
export function findUser(world: World, ref: string): UserState | undefined {
  return world.users.get(ref) ?? world.users.get(world.usernames.get(usernameKey(ref)) ?? '');
}

/** `close` sees the profile as it is, `stranger` what is shown to strangers, `none` nothing. */
export type Acquaintance = 'close' | 'stranger' | 'none';

/** What a viewer, '' for nobody who is signed in, may know of somebody. */
export function acquaintance(world: World, viewerId: Id, { user, settings }: UserState): Acquaintance {
  const viewer = world.users.get(viewerId);
  if (viewer === undefined) return settings.public_profile && isThere(user) ? 'stranger' : 'none';
  const relation = viewer.relations.get(user.id)?.type;
  if (relation === 'friend' || relation === 'incoming' || world.sharesPlace(viewerId, user.id)) return 'close';
  // Asking somebody, or blocking them, brings nobody closer.
  if (relation !== undefined) return 'stranger';
  // What is left of a deleted account says no more than a name, and their messages lead to it by id.
  if (user.is_deleted === true) return 'stranger';
  if (!isThere(user)) return 'none';
  const isFound = settings.is_findable && !isBlockBetween(world, viewerId, user.id);
  return isFound || settings.public_profile ? 'stranger' : 'none';
}

/** What strangers see: who it is, and not how they are. */
export function strangersView(user: User): User {
  const { custom_status_expires_at: _, ...rest } = user;
  return { ...rest, status: 'offline', custom_status: '' };
}

/** The profile as this viewer may see it; null where they may not know of it. */
export function profileFor(world: World, viewerId: Id, userId: Id): User | null {
  const state = world.users.get(userId);
  if (state === undefined) return null;
  const how = acquaintance(world, viewerId, state);
  return how === 'none' ? null : how === 'close' ? state.user : strangersView(state.user);
}
