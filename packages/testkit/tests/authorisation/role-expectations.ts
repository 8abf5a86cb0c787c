/** Who may do what: operations on roles. */
import { DEFAULT_PERMISSIONS, formatPermissions } from '@snug/protocol';
import { type Expectations, inServer } from './answers.ts';
import { hidden, missing, theServer } from './asking.ts';

export const ROLE_EXPECTATIONS: Expectations = {
  'role.list': [{ ask: theServer, answers: inServer(hidden, 200, 200, 200) }],
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
