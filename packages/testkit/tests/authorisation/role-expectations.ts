/** Who may do what: operations on roles. */
import { DEFAULT_PERMISSIONS, formatPermissions, type Role } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import { type Expectations, inServer } from './answers.ts';
import { freshRole, hidden, missing, theServer } from './asking.ts';
import { fresh } from './auth-expectations.ts';
import type { Stage } from './stage.ts';

async function rolesOf({ players, server }: Stage): Promise<string[]> {
  const { items } = await ok(players.owner.rest.get<{ items: Role[] }>(`/api/v1/servers/${server.id}/roles`), 'roles');
  return items.filter(({ is_default }) => !is_default).map(({ id }) => id);
}

export const ROLE_EXPECTATIONS: Expectations = {
  'role.list': [{ ask: theServer, answers: inServer(hidden, 200, 200, 200) }],
  'role.create': [
    {
      ask: (stage) => ({ ...theServer(stage), name: fresh('role') }),
      answers: inServer(hidden, missing, missing, 201),
    },
  ],
  'role.reorder': [
    {
      ask: async (stage) => ({ ...theServer(stage), role_ids: await rolesOf(stage) }),
      answers: inServer(hidden, missing, missing, 200),
    },
    {
      what: 'without all of them',
      ask: async (stage) => ({ ...theServer(stage), role_ids: (await rolesOf(stage)).slice(1) }),
      answers: inServer(hidden, missing, missing, 'CONFLICT'),
    },
  ],
  'role.delete': [
    { ask: freshRole, answers: inServer(hidden, missing, missing, 204) },
    {
      what: '@everyone',
      ask: ({ server }) => ({ server_id: server.id, role_id: server.id }),
      answers: inServer(hidden, missing, missing, 'DEFAULT_ROLE'),
    },
    {
      what: 'of another server',
      ask: ({ server, otherServer }) => ({ server_id: server.id, role_id: otherServer.id }),
      answers: inServer(hidden, missing, missing, 'UNKNOWN_ROLE'),
    },
  ],
  'role.update': [
    {
      ask: ({ server }) => ({
        server_id: server.id,
        role_id: server.id,
        permissions: formatPermissions(DEFAULT_PERMISSIONS),
      }),
      answers: inServer(hidden, missing, missing, 200),
    },
    {
      what: 'of another server',
      ask: ({ server, otherServer }) => ({ server_id: server.id, role_id: otherServer.id, name: 'x' }),
      answers: inServer(hidden, missing, missing, 'UNKNOWN_ROLE'),
    },
  ],
};
