/**
 * Friends, requests and blocks. Each side has its own word of it, in its own scope, and both are said in one append; a
 * block is said to nobody but who blocks.
 */
import { type Id, LIMITS, Refusal, type Relationship, type RelationshipType } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { type Guard, type NewEvent, relationsKey, userScope } from '../../log/envelope.ts';
import type { UserState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { acquaintance, findUser, isThere, profileFor } from '../users/users.queries.ts';
import { mayAdd } from './relationships.queries.ts';

export const listRelationships: HandlerOf<'relationship.list'> = {
  limit: 'read',
  query: async (_params, { actor }, { world }) => {
    const relations = world.users.get(actor.userId)?.relations ?? new Map();
    const items = [...relations.keys()].map((id) => relationshipOf(world, actor.userId, id) as Relationship);
    return { result: { items, has_more: false }, position: world.tail };
  },
};

export const setRelationship: HandlerOf<'relationship.set'> = {
  limit: 'contact',
  decide: ({ world, params, actor, now }) => {
    const me = requireThere(world.users.get(actor.userId));
    const other = requireThere(findUser(world, params.user_id));
    if (other === me) throw new Refusal('NOT_YOURSELF');
    if (acquaintance(world, me.user.id, other) === 'none') throw new Refusal('UNKNOWN_USER');
    const pair = { me, other, since: new Date(now).toISOString() };
    const events = params.type === 'blocked' ? blocking(pair) : befriending(world, pair);
    const answer = () => relationshipOf(world, me.user.id, other.user.id) as Relationship;
    if (events.length === 0) return { answer: answer() };
    return { events, guards: [unchanged(world, me, other)], result: answer };
  },
};

export const endRelationship: HandlerOf<'relationship.delete'> = {
  limit: 'write',
  decide: ({ world, params, actor, now }) => {
    const me = requireThere(world.users.get(actor.userId));
    const other = findUser(world, params.user_id);
    if (other === undefined || other === me || acquaintance(world, me.user.id, other) === 'none')
      throw new Refusal('UNKNOWN_USER');
    const mine = me.relations.get(other.user.id)?.type;
    if (mine === undefined) return { answer: null };
    const pair = { me, other, since: new Date(now).toISOString() };
    const events = [said(pair.me, other, null, pair.since), ...(mine === 'blocked' ? [] : theirEnd(pair))];
    return { events, guards: [unchanged(world, me, other)], result: () => null };
  },
};

interface Pair {
  readonly me: UserState;
  readonly other: UserState;
  readonly since: string;
}

/** Asks, or accepts what was asked. Nothing where it stands so already. */
function befriending(world: World, { me, other, since }: Pair): NewEvent[] {
  const mine = me.relations.get(other.user.id)?.type;
  if (mine === 'friend' || mine === 'outgoing') return [];
  if (mine === 'incoming') return [said(me, other, 'friend', since), said(other, me, 'friend', since)];
  if (!mayAdd(world, me.user.id, other.user.id)) throw new Refusal('CANNOT_MESSAGE');
  if (me.relations.size >= LIMITS.RELATIONSHIPS_PER_USER) throw new Refusal('LIMIT_REACHED');
  // How many others somebody knows is theirs to know.
  if (other.relations.size >= LIMITS.RELATIONSHIPS_PER_USER) throw new Refusal('CANNOT_MESSAGE');
  return [said(me, other, 'outgoing', since), said(other, me, 'incoming', since)];
}

/** Ends friendship and requests on both sides. To the other it looks like that and no more. */
function blocking(pair: Pair): NewEvent[] {
  const { me, other, since } = pair;
  const mine = me.relations.get(other.user.id)?.type;
  if (mine === 'blocked') return [];
  if (mine === undefined && me.relations.size >= LIMITS.RELATIONSHIPS_PER_USER) throw new Refusal('LIMIT_REACHED');
  return [said(me, other, 'blocked', since), ...theirEnd(pair)];
}

/** Their side ends too, unless it is a block of their own. */
function theirEnd({ me, other, since }: Pair): NewEvent[] {
  const theirs = other.relations.get(me.user.id)?.type;
  return theirs === undefined || theirs === 'blocked' ? [] : [said(other, me, null, since)];
}

function said(of: UserState, about: UserState, type: RelationshipType | null, since: string): NewEvent {
  const body = { user_id: about.user.id, type, since };
  return { type: 'RELATIONSHIP_UPDATE', scope: userScope(of.user.id), subject: about.user.id, body };
}

/** Both at once: the one that comes second decides on what the first one left. */
function unchanged(world: World, ...people: UserState[]): Guard {
  const keys = people.flatMap(({ user }) => [relationsKey(user.id), userScope(user.id)]);
  return { kind: 'authority', keys, position: world.tail };
}

function requireThere(state: UserState | undefined): UserState {
  if (state === undefined || !isThere(state.user)) throw new Refusal('UNKNOWN_USER');
  return state;
}

function relationshipOf(world: World, userId: Id, otherId: Id): Relationship | null {
  const relation = world.users.get(userId)?.relations.get(otherId);
  const user = profileFor(world, userId, otherId);
  if (relation === undefined) return null;
  const since = new Date(relation.since).toISOString();
  return { user_id: otherId, type: relation.type, since, ...(user === null ? {} : { user }) };
}
