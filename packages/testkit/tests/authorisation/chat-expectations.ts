/** Who may do what of chat's operations in a server: as nobody, stranger, member, author and owner. */
import { type Channel, DEFAULT_PERMISSIONS, formatPermissions } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import { anyone, type Expectations, inServer, type Params, signedIn } from './answers.ts';
import { fresh } from './auth-expectations.ts';
import { bringIn, found, invite, type Stage, say } from './stage.ts';

const theServer = ({ server }: Stage): Params => ({ server_id: server.id });
const theChannel = ({ channel }: Stage): Params => ({ channel_id: channel.id });
const theMessage = ({ channel, message }: Stage): Params => ({ channel_id: channel.id, message_id: message.id });

/** A server like the one of the stage, for commands that would use it up. */
async function freshServer({ players }: Stage) {
  const { owner, member, author } = players;
  const server = await found(owner, fresh('Another stage'));
  await bringIn(owner, server.id, member, author);
  return server;
}

async function freshInvite(stage: Stage): Promise<Params> {
  return { code: (await invite(stage.players.author, stage.server.id)).code };
}

async function freshMessage({ players, channel }: Stage): Promise<Params> {
  return { channel_id: channel.id, message_id: (await say(players.author, channel.id, fresh('said'))).id };
}

async function freshChannel({ players, server }: Stage): Promise<Params> {
  const path = `/api/v1/servers/${server.id}/channels`;
  return { channel_id: (await ok(players.owner.rest.post<Channel>(path, { name: fresh('room') }), 'channel')).id };
}

/** Of a server that the asked about are not all in yet. */
async function freshDoor({ players }: Stage) {
  const server = await found(players.owner, fresh('A door'));
  return { server, code: (await invite(players.owner, server.id)).code };
}

const hidden = 'UNKNOWN_SERVER';
const unseen = 'UNKNOWN_CHANNEL';
const missing = 'MISSING_PERMISSION';

export const CHAT_EXPECTATIONS: Expectations = {
  'user.me': [{ ask: () => ({}), answers: signedIn(200) }],
  'user.update': [{ ask: () => ({ custom_status: fresh('status') }), answers: signedIn(200) }],
  'user.get': [
    {
      what: 'the author',
      ask: ({ players }) => ({ user_id: players.author.id }),
      answers: { ...inServer('UNKNOWN_USER', 200, 200, 200), partner: 200 },
    },
    { what: 'oneself', ask: ({ players }, { id }) => ({ user_id: id || players.owner.id }), answers: signedIn(200) },
  ],
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
  'channel.list': [{ ask: theServer, answers: inServer(hidden, 200, 200, 200) }],
  'channel.create': [
    {
      ask: (stage) => ({ ...theServer(stage), name: fresh('room') }),
      answers: inServer(hidden, missing, missing, 201),
    },
  ],
  'channel.get': [{ ask: theChannel, answers: inServer(unseen, 200, 200, 200) }],
  'channel.update': [
    {
      ask: (stage) => ({ ...theChannel(stage), topic: fresh('topic') }),
      answers: inServer(unseen, missing, missing, 200),
    },
  ],
  'channel.delete': [{ ask: freshChannel, answers: inServer(unseen, missing, missing, 204) }],
  'dm.list': [{ ask: () => ({}), answers: signedIn(200) }],
  'dm.open': [
    {
      what: 'with the author',
      ask: ({ players }) => ({ recipient_id: players.author.id }),
      answers: { ...inServer('UNKNOWN_USER', 200, 200, 200), partner: 200 },
    },
  ],
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
  'invite.create': [{ ask: theServer, answers: inServer(hidden, 201, 201, 201) }],
  'invite.list': [{ ask: theServer, answers: inServer(hidden, missing, missing, 200) }],
  'invite.get': [
    { ask: freshInvite, answers: anyone(200) },
    { what: 'a code of nothing', ask: () => ({ code: 'AAAAAAAAAAAAAAAA' }), answers: anyone('INVITE_INVALID') },
  ],
  'invite.accept': [
    { ask: async (stage) => ({ code: (await freshDoor(stage)).code }), answers: signedIn(200) },
    { what: 'a code of nothing', ask: () => ({ code: 'AAAAAAAAAAAAAAAA' }), answers: signedIn('INVITE_INVALID') },
  ],
  'invite.delete': [{ ask: freshInvite, answers: inServer('INVITE_INVALID', missing, 204, 204) }],
  'message.list': [{ ask: theChannel, answers: inServer(unseen, 200, 200, 200) }],
  'message.send': [
    {
      ask: (stage) => ({ ...theChannel(stage), content: fresh('hello') }),
      answers: inServer(unseen, 201, 201, 201),
    },
    {
      what: 'in reply to a message of a conversation',
      ask: (stage) => ({ ...theChannel(stage), content: 'what?', reply_to_id: stage.dmMessage.id }),
      answers: inServer(unseen, 'UNKNOWN_MESSAGE', 'UNKNOWN_MESSAGE', 'UNKNOWN_MESSAGE'),
    },
  ],
  'message.get': [
    { ask: theMessage, answers: inServer(unseen, 200, 200, 200) },
    {
      what: 'of a conversation, through the channel',
      ask: ({ channel, dmMessage }) => ({ channel_id: channel.id, message_id: dmMessage.id }),
      answers: inServer(unseen, 'UNKNOWN_MESSAGE', 'UNKNOWN_MESSAGE', 'UNKNOWN_MESSAGE'),
    },
  ],
  'message.edit': [
    {
      ask: async (stage) => ({ ...(await freshMessage(stage)), content: fresh('edited') }),
      answers: inServer(unseen, 'NOT_THE_AUTHOR', 200, 'NOT_THE_AUTHOR'),
    },
  ],
  'message.delete': [{ ask: freshMessage, answers: inServer(unseen, missing, 204, 204) }],
  'typing.start': [{ ask: theChannel, answers: inServer(unseen, 204, 204, 204) }],
  'read.ack': [{ ask: theMessage, answers: inServer(unseen, 200, 200, 200) }],
  'read.mark_unread': [{ ask: theMessage, answers: inServer(unseen, 200, 200, 200) }],
  'read.ack_all': [{ ask: (stage) => ({ acks: [theMessage(stage)] }), answers: inServer(unseen, 200, 200, 200) }],
};
