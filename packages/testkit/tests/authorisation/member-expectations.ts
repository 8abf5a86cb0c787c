/** Who may do what: operations on members. */
import { ok } from '../../src/index.ts';
import { type Expectations, inServer, type Params, signedIn } from './answers.ts';
import { freshDoor, freshMember, freshRole, freshServer, hidden, missing, theServer } from './asking.ts';
import { fresh } from './auth-expectations.ts';
import { bringIn, found, type Player, type Stage } from './stage.ts';

const soon = (): string => new Date(Date.now() + 60_000).toISOString();

async function publicServer({ players }: Stage): Promise<Params> {
  const server = await found(players.owner, fresh('Open house'));
  await ok(players.owner.rest.patch(`/api/v1/servers/${server.id}`, { is_public: true }), 'open');
  return { server_id: server.id };
}

/** A public server that the asked about was banned from. */
async function shutDoor(stage: Stage, { id, rest }: Player): Promise<Params> {
  const { owner } = stage.players;
  const params = await publicServer(stage);
  if (id === '' || id === owner.id || id === stage.players.revoked.id) return params;
  await ok(rest.post(`/api/v1/servers/${params.server_id}/members`, {}), 'come');
  await ok(owner.rest.put(`/api/v1/servers/${params.server_id}/bans/${id}`, {}), 'ban');
  return params;
}

async function freshBan(stage: Stage): Promise<Params> {
  const { server_id, user_id } = await freshMember(stage);
  await ok(stage.players.owner.rest.put(`/api/v1/servers/${server_id}/bans/${user_id}`, {}), 'ban');
  return { server_id, user_id };
}

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
    {
      what: 'without an invite',
      ask: theServer,
      answers: inServer(hidden, 'ALREADY_A_MEMBER', 'ALREADY_A_MEMBER', 'ALREADY_A_MEMBER'),
    },
    {
      what: 'without an invite, where it is public',
      ask: publicServer,
      answers: { ...signedIn(201), owner: 'ALREADY_A_MEMBER' },
    },
    {
      what: 'where they are banned',
      ask: shutDoor,
      answers: { ...signedIn('BANNED'), owner: 'ALREADY_A_MEMBER' },
    },
  ],
  'member.get': [
    {
      ask: ({ server, players }) => ({ server_id: server.id, user_id: players.author.id }),
      answers: inServer(hidden, 200, 200, 200),
    },
    {
      what: 'who is not there',
      ask: ({ server, players }) => ({ server_id: server.id, user_id: players.elsewhere.id }),
      answers: inServer(hidden, 'UNKNOWN_MEMBER', 'UNKNOWN_MEMBER', 'UNKNOWN_MEMBER'),
    },
  ],
  'member.update': [
    {
      what: 'the own nickname',
      ask: ({ server, players }, { id }) => ({
        server_id: server.id,
        user_id: id || players.owner.id,
        nickname: fresh('nick'),
      }),
      answers: inServer(hidden, 200, 200, 200),
    },
    {
      what: "another's nickname",
      ask: async (stage) => ({ ...(await freshMember(stage)), nickname: fresh('nick') }),
      answers: inServer(hidden, missing, missing, 200),
    },
    {
      what: 'a timeout',
      ask: async (stage) => ({ ...(await freshMember(stage)), timed_out_until: soon() }),
      answers: inServer(hidden, missing, missing, 200),
    },
    {
      what: 'a timeout of the owner',
      ask: ({ server, players }) => ({ server_id: server.id, user_id: players.owner.id, timed_out_until: soon() }),
      answers: inServer(hidden, missing, missing, 'OUTRANKED'),
    },
    {
      what: 'the roles',
      ask: async (stage) => ({ ...(await freshMember(stage)), role_ids: [(await freshRole(stage)).role_id] }),
      answers: inServer(hidden, missing, missing, 200),
    },
  ],
  'member.add_role': [
    {
      ask: async (stage) => ({ ...(await freshMember(stage)), ...(await freshRole(stage)) }),
      answers: inServer(hidden, missing, missing, 200),
    },
    {
      what: '@everyone',
      ask: async (stage) => ({ ...(await freshMember(stage)), role_id: stage.server.id }),
      answers: inServer(hidden, missing, missing, 'DEFAULT_ROLE'),
    },
  ],
  'member.remove_role': [
    {
      what: 'that is not held',
      ask: async (stage) => ({ ...(await freshMember(stage)), ...(await freshRole(stage)) }),
      answers: inServer(hidden, missing, missing, 200),
    },
  ],
  'ban.list': [{ ask: theServer, answers: inServer(hidden, missing, missing, 200) }],
  'ban.create': [
    { ask: freshMember, answers: inServer(hidden, missing, missing, 200) },
    {
      what: 'of a stranger',
      ask: async (stage) => ({ ...theServer(stage), user_id: (await stage.account(fresh('stranger'))).id }),
      answers: inServer(hidden, missing, missing, 'UNKNOWN_USER'),
    },
    {
      what: 'of the owner',
      ask: ({ server, players }) => ({ server_id: server.id, user_id: players.owner.id }),
      answers: inServer(hidden, missing, missing, 'OUTRANKED'),
    },
  ],
  'ban.delete': [
    { ask: freshBan, answers: inServer(hidden, missing, missing, 204) },
    {
      what: 'of who is not banned',
      ask: freshMember,
      answers: inServer(hidden, missing, missing, 'UNKNOWN_BAN'),
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
