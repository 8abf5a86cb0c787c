/**
 * Servers whose default role holds less than usual. In the blind one members see no channel, so for them there is none
 * (PERM5), what they wrote themselves included; in the mute one they see and may do nothing.
 */
import { type Channel, formatPermissions, type Message, Permission, type ServerSnapshot } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import { type Expectations, inServer, type Params } from './answers.ts';
import { fresh } from './auth-expectations.ts';
import { bringIn, found, type Stage, say } from './stage.ts';

interface Bounded {
  readonly server: ServerSnapshot;
  readonly channel: Channel;
  readonly message: Message;
}

type Bounds = 'blind' | 'mute';
const BITS: Readonly<Record<Bounds, bigint>> = { blind: 0n, mute: Permission.VIEW_CHANNEL };
const known = new WeakMap<Stage, Map<Bounds, Promise<Bounded>>>();

function bounded(stage: Stage, bounds: Bounds): Promise<Bounded> {
  const made = known.get(stage) ?? new Map<Bounds, Promise<Bounded>>();
  known.set(stage, made);
  const server = made.get(bounds) ?? make(stage, BITS[bounds]);
  made.set(bounds, server);
  return server;
}

async function make({ players }: Stage, bits: bigint): Promise<Bounded> {
  const { owner, member, author } = players;
  const server = await found(owner, fresh('Bounded'));
  await bringIn(owner, server.id, member, author);
  const channel = server.channels[0] as Channel;
  const message = await say(author, channel.id, 'while I could');
  const role = `/api/v1/servers/${server.id}/roles/${server.id}`;
  await ok(owner.rest.patch(role, { permissions: formatPermissions(bits) }), 'bound');
  return { server, channel, message };
}

const serverOf =
  (bounds: Bounds) =>
  async (stage: Stage): Promise<Params> => ({ server_id: (await bounded(stage, bounds)).server.id });
const channelOf =
  (bounds: Bounds, more: Params = {}) =>
  async (stage: Stage): Promise<Params> => ({ channel_id: (await bounded(stage, bounds)).channel.id, ...more });
const messageOf =
  (bounds: Bounds, more: Params = {}) =>
  async (stage: Stage): Promise<Params> => {
    const { channel, message } = await bounded(stage, bounds);
    return { channel_id: channel.id, message_id: message.id, ...more };
  };

const unseen = 'UNKNOWN_CHANNEL';
const missing = 'MISSING_PERMISSION';
const blind = 'in a server that shows its members nothing';
const mute = 'in a server that lets its members do nothing';

export const BLIND_EXPECTATIONS: Expectations = {
  'server.get': [{ what: blind, ask: serverOf('blind'), answers: inServer('UNKNOWN_SERVER', 200, 200, 200) }],
  'channel.get': [{ what: blind, ask: channelOf('blind'), answers: inServer(unseen, unseen, unseen, 200) }],
  'channel.update': [
    { what: blind, ask: channelOf('blind', { topic: 'dark' }), answers: inServer(unseen, unseen, unseen, 200) },
  ],
  'message.list': [{ what: blind, ask: channelOf('blind'), answers: inServer(unseen, unseen, unseen, 200) }],
  'message.send': [
    { what: blind, ask: channelOf('blind', { content: 'hello?' }), answers: inServer(unseen, unseen, unseen, 201) },
  ],
  'message.get': [{ what: blind, ask: messageOf('blind'), answers: inServer(unseen, unseen, unseen, 200) }],
  'message.edit': [
    {
      what: blind,
      ask: messageOf('blind', { content: 'changed' }),
      answers: inServer(unseen, unseen, unseen, 'NOT_THE_AUTHOR'),
    },
  ],
  'thread.create': [
    { what: blind, ask: channelOf('blind', { name: 'aside' }), answers: inServer(unseen, unseen, unseen, 201) },
  ],
  'thread.list': [{ what: blind, ask: channelOf('blind'), answers: inServer(unseen, unseen, unseen, 200) }],
  'typing.start': [{ what: blind, ask: channelOf('blind'), answers: inServer(unseen, unseen, unseen, 204) }],
  'reaction.add': [
    { what: blind, ask: messageOf('blind', { emoji: '👍' }), answers: inServer(unseen, unseen, unseen, 204) },
  ],
  'reaction.list': [
    { what: blind, ask: messageOf('blind', { emoji: '👍' }), answers: inServer(unseen, unseen, unseen, 200) },
  ],
  'pin.list': [{ what: blind, ask: channelOf('blind'), answers: inServer(unseen, unseen, unseen, 200) }],
  'pin.add': [{ what: blind, ask: messageOf('blind'), answers: inServer(unseen, unseen, unseen, 204) }],
  'read.get': [{ what: blind, ask: channelOf('blind'), answers: inServer(unseen, unseen, unseen, 200) }],
  'read.ack': [{ what: blind, ask: messageOf('blind'), answers: inServer(unseen, unseen, unseen, 200) }],
  'read.mark_unread': [{ what: blind, ask: messageOf('blind'), answers: inServer(unseen, unseen, unseen, 200) }],
  'read.ack_all': [
    {
      what: blind,
      ask: async (stage) => ({ acks: [await messageOf('blind')(stage)] }),
      answers: inServer(unseen, unseen, unseen, 200),
    },
  ],
};

export const MUTE_EXPECTATIONS: Expectations = {
  'channel.get': [{ what: mute, ask: channelOf('mute'), answers: inServer(unseen, 200, 200, 200) }],
  'message.list': [{ what: mute, ask: channelOf('mute'), answers: inServer(unseen, 200, 200, 200) }],
  'message.send': [
    { what: mute, ask: channelOf('mute', { content: 'hello?' }), answers: inServer(unseen, missing, missing, 201) },
  ],
  'thread.create': [
    { what: mute, ask: channelOf('mute', { name: 'aside' }), answers: inServer(unseen, missing, missing, 201) },
  ],
  'reaction.add': [
    { what: mute, ask: messageOf('mute', { emoji: '👍' }), answers: inServer(unseen, missing, missing, 204) },
  ],
  'message.edit': [
    {
      what: mute,
      ask: messageOf('mute', { content: 'changed' }),
      answers: inServer(unseen, missing, missing, 'NOT_THE_AUTHOR'),
    },
  ],
  'typing.start': [{ what: mute, ask: channelOf('mute'), answers: inServer(unseen, missing, missing, 204) }],
  'invite.create': [{ what: mute, ask: serverOf('mute'), answers: inServer('UNKNOWN_SERVER', missing, missing, 201) }],
};
