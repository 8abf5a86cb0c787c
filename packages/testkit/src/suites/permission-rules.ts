/**
 * The rules of PERM21 told once more, one bit at a time and from what clients see, so that a test does not ask the code
 * under test what is right: the most particular voice that says anything about a bit decides.
 */
import {
  type Category,
  type Channel,
  type Member,
  Permission,
  type PermissionName,
  type PermissionOverride,
  type Role,
} from '@snug/protocol';

/** A server as its owner sees it. */
export interface ServerFacts {
  readonly ownerId: string;
  readonly roles: readonly Role[];
  readonly categories: readonly Category[];
  readonly channels: readonly Channel[];
  readonly members: readonly Member[];
}

const has = (decimal: string, name: PermissionName): boolean => (BigInt(decimal) & Permission[name]) !== 0n;

function rolesOf({ roles, members }: ServerFacts, userId: string): Role[] {
  const held = members.find(({ user_id }) => user_id === userId)?.role_ids ?? [];
  return roles.filter(({ id, is_default }) => is_default || held.includes(id));
}

const isMember = ({ members }: ServerFacts, userId: string): boolean =>
  members.some(({ user_id }) => user_id === userId);

/** Whether nothing a channel or a timeout says matters. */
function isAboveRules(facts: ServerFacts, userId: string): boolean {
  if (facts.ownerId === userId) return true;
  return isMember(facts, userId) && rolesOf(facts, userId).some((role) => has(role.permissions, 'ADMINISTRATOR'));
}

const isTimedOut = ({ members }: ServerFacts, userId: string): boolean =>
  members.some(({ user_id, timed_out_until }) => user_id === userId && timed_out_until !== null);

export function holdsInServer(facts: ServerFacts, userId: string, name: PermissionName): boolean {
  if (isAboveRules(facts, userId)) return true;
  if (!isMember(facts, userId)) return false;
  if (isTimedOut(facts, userId) && name !== 'VIEW_CHANNEL') return false;
  return rolesOf(facts, userId).some((role) => has(role.permissions, name));
}

export function holdsInChannel(facts: ServerFacts, userId: string, channel: Channel, name: PermissionName): boolean {
  if (isAboveRules(facts, userId)) return true;
  if (!isMember(facts, userId)) return false;
  const place = facts.channels.find(({ id }) => id === channel.parent_id) ?? channel;
  if (!says(facts, userId, place, 'VIEW_CHANNEL')) return false;
  if (isTimedOut(facts, userId) && name !== 'VIEW_CHANNEL') return false;
  return says(facts, userId, place, name);
}

/** From the most particular to the most general. */
function says(facts: ServerFacts, userId: string, channel: Channel, name: PermissionName): boolean {
  const everyone = facts.roles.find(({ is_default }) => is_default)?.id ?? '';
  const own = voice(facts, channel, userId, name);
  if (own !== null) return own;
  const ofRoles = rolesOf(facts, userId)
    .filter(({ is_default }) => !is_default)
    .map(({ id }) => voice(facts, channel, id, name));
  if (ofRoles.includes(true)) return true;
  if (ofRoles.includes(false)) return false;
  if (channel.is_private && name === 'VIEW_CHANNEL') return false;
  const ofAll = voice(facts, channel, everyone, name);
  return ofAll ?? rolesOf(facts, userId).some((role) => has(role.permissions, name));
}

/** What is said of one bit to one role or member: by the channel, or else by its category, or not at all. */
function voice({ categories }: ServerFacts, channel: Channel, targetId: string, name: PermissionName): boolean | null {
  const category = categories.find(({ id }) => id === channel.category_id);
  const inChannel = word(channel.permission_overrides, targetId, name);
  return inChannel ?? word(category?.permission_overrides, targetId, name);
}

function word(overrides: readonly PermissionOverride[] = [], targetId: string, name: PermissionName): boolean | null {
  const found = overrides.find(({ target_id }) => target_id === targetId);
  if (found === undefined) return null;
  if (has(found.allow, name)) return true;
  return has(found.deny, name) ? false : null;
}
