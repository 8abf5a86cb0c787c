/** Who may do what: operations on members. */
import { type Expectations, inServer, signedIn } from './answers.ts';
import { freshDoor, freshServer, hidden, missing, theServer } from './asking.ts';
import { fresh } from './auth-expectations.ts';
import { bringIn } from './stage.ts';

export const MEMBER_EXPECTATIONS: Expectations = {
  'member.list': [{ ask: theServer, answers: inServer(hidden, 200, 200, 200) }],
  'member.join': [
    {
      what: 'with its invite',
      ask: async (stage) => {
        const { server, code } = await freshDoor(stage);
        return { server_id: server.id, invite_code: code };
      },
      answers: { ...signedIn(201), owner: 'ALREADY_A_MEMBER' },
    },
    {
      what: 'with an invite of another',
      ask: async (stage) => ({ ...theServer(stage), invite_code: (await freshDoor(stage)).code }),
      answers: signedIn('INVITE_INVALID'),
    },
    {
      what: 'with a code of nothing',
      ask: (stage) => ({ ...theServer(stage), invite_code: 'AAAAAAAAAAAAAAAA' }),
      answers: signedIn('INVITE_INVALID'),
    },
  ],
  'member.remove': [
    {
      what: 'somebody else',
      ask: async (stage) => {
        const [server, victim] = [await freshServer(stage), await stage.account(fresh('victim'))];
        await bringIn(stage.players.owner, server.id, victim);
        return { server_id: server.id, user_id: victim.id };
      },
      answers: inServer(hidden, missing, missing, 204),
    },
    {
      what: 'oneself',
      ask: async (stage, { id }) => ({
        server_id: (await freshServer(stage)).id,
        user_id: id || stage.players.member.id,
      }),
      answers: inServer(hidden, 204, 204, 'OWNER_CANNOT_LEAVE'),
    },
    {
      what: 'the owner',
      ask: ({ server, players }) => ({ server_id: server.id, user_id: players.owner.id }),
      answers: inServer(hidden, missing, missing, 'OWNER_CANNOT_LEAVE'),
    },
    {
      what: 'who is not a member',
      ask: ({ server, players }) => ({ server_id: server.id, user_id: players.elsewhere.id }),
      answers: { ...inServer(hidden, missing, missing, 'UNKNOWN_MEMBER') },
    },
  ],
};
