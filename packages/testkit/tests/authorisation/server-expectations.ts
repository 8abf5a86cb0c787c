/** Who may do what: operations on servers. */
import { anyone, type Expectations, inServer, signedIn } from './answers.ts';
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
    {
      what: 'to say comings in a channel of another',
      ask: (stage) => ({ ...theServer(stage), system_channel_id: stage.otherChannel.id }),
      answers: inServer(hidden, missing, missing, 'UNKNOWN_CHANNEL'),
    },
  ],
  'server.transfer': [
    {
      ask: async (stage) => ({ server_id: (await freshServer(stage)).id, user_id: stage.players.member.id }),
      answers: inServer(hidden, 'NOT_THE_OWNER', 'NOT_THE_OWNER', 200),
    },
    {
      what: 'to a stranger',
      ask: (stage) => ({ ...theServer(stage), user_id: stage.players.elsewhere.id }),
      answers: inServer(hidden, 'NOT_THE_OWNER', 'NOT_THE_OWNER', 'UNKNOWN_MEMBER'),
    },
  ],
  'server.discover': [{ ask: () => ({}), answers: anyone(200) }],
  'audit.list': [{ ask: theServer, answers: inServer(hidden, missing, missing, 200) }],
  'server.delete': [
    {
      ask: async (stage) => ({ server_id: (await freshServer(stage)).id }),
      answers: inServer(hidden, 'NOT_THE_OWNER', 'NOT_THE_OWNER', 204),
    },
  ],
};
