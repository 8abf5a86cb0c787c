/** Who may do what: operations on servers. */
import { type Expectations, inServer, signedIn } from './answers.ts';
import { freshServer, hidden, missing, theServer } from './asking.ts';
import { fresh } from './auth-expectations.ts';

export const SERVER_EXPECTATIONS: Expectations = {
  'server.list': [{ ask: () => ({}), answers: signedIn(200) }],
  'server.create': [{ ask: () => ({ name: fresh('Mine') }), answers: signedIn(201) }],
  'server.get': [{ ask: theServer, answers: inServer(hidden, 200, 200, 200) }],
  'server.update': [
    {
      ask: (stage) => ({ ...theServer(stage), description: fresh('about') }),
      answers: inServer(hidden, missing, missing, 200),
    },
  ],
  'server.delete': [
    {
      ask: async (stage) => ({ server_id: (await freshServer(stage)).id }),
      answers: inServer(hidden, 'NOT_THE_OWNER', 'NOT_THE_OWNER', 204),
    },
  ],
};
