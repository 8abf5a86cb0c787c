import { type Id, LIMITS } from '@snug/protocol';
import type { World } from '../world/world.ts';

/** Friends, and the people of one's DMs and groups: their presence is always in sight. At most FOLLOWED_PER_LIST. */
export function nearPeople(world: World, userId: Id): Id[] {
  const state = world.users.get(userId);
  if (state === undefined) return [];
  const near = new Set<Id>();
  for (const [id, { type }] of state.relations) if (type === 'friend') near.add(id);
  for (const dm of state.dms) {
    if (near.size > LIMITS.FOLLOWED_PER_LIST) break;
    if (dm.deletedAt === null) for (const id of dm.recipients) near.add(id);
  }
  near.delete(userId);
  return [...near].slice(0, LIMITS.FOLLOWED_PER_LIST);
}
