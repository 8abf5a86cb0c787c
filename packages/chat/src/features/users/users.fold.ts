import { DEFAULT_SETTINGS, type User, usernameKey } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';
import { NO_RELATIONS, type UserState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { forgetFollower } from '../threads/followers.queries.ts';

export const userFolds: Folds = {
  USER_CREATE: (world, { body }) => {
    addUser(world, body, 0);
  },
  USER_UPDATE: (world, { body }) => {
    const state = world.users.get(body.id);
    if (state === undefined) return;
    unnameUser(world, state.user);
    state.user = body;
    nameUser(world, body);
    noteExpiry(world, body);
  },
  USER_DELETE: (world, { body }) => {
    const state = world.users.get(body.id);
    if (state === undefined) return;
    for (const server of state.servers) {
      const member = server.members.get(body.id);
      if (member !== undefined) member.nickname = '';
    }
    state.settings = DEFAULT_SETTINGS;
    state.relations = NO_RELATIONS;
    forgetFollower(world, body.id);
  },
  USER_SETTINGS_UPDATE: (world, { subject, body }) => {
    const state = world.users.get(subject);
    if (state !== undefined) state.settings = body;
  },
  RELATIONSHIP_UPDATE: (world, { scope, body }) => {
    const state = world.users.get(scope.slice('user:'.length));
    if (state === undefined) return;
    const relations = new Map(state.relations);
    if (body.type === null) relations.delete(body.user_id);
    else relations.set(body.user_id, { type: body.type, since: Date.parse(body.since) });
    state.relations = relations.size === 0 ? NO_RELATIONS : relations;
  },
};

export function addUser(world: World, user: User, visibleSince: number): UserState {
  const state: UserState = {
    user,
    settings: DEFAULT_SETTINGS,
    relations: NO_RELATIONS,
    servers: new Set(),
    dms: new Set(),
    visibleSince,
  };
  world.users.set(user.id, state);
  nameUser(world, user);
  noteExpiry(world, user);
  return state;
}

/** Imported authors have no username (E24), and what is left of a deleted account has none either. */
function nameUser(world: World, user: User): void {
  if (user.username !== '') world.usernames.set(usernameKey(user.username), user.id);
}

function unnameUser(world: World, user: User): void {
  const key = usernameKey(user.username);
  if (world.usernames.get(key) === user.id) world.usernames.delete(key);
}

function noteExpiry(world: World, { id, custom_status_expires_at: expires }: User): void {
  if (expires == null) world.statusExpiries.delete(id);
  else world.statusExpiries.set(id, Date.parse(expires));
}
