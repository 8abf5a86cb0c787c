/** Who may do what: threads. */
import type { Channel } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import { type Expectations, inConversation, inServer, type Params } from './answers.ts';
import { freshMessage, missing, theChannel, unseen } from './asking.ts';
import { fresh } from './auth-expectations.ts';
import type { Stage } from './stage.ts';

const wrong = 'WRONG_CHANNEL_TYPE';
const what = 'of a thread';
const name = 'aside';

/** By the author, in the channel of the stage. */
async function freshThread({ players, channel }: Stage): Promise<{ channel_id: string }> {
  const path = `/api/v1/channels/${channel.id}/threads`;
  const asked = { name: fresh('thread'), content: fresh('said') };
  return { channel_id: (await ok(players.author.rest.post<Channel>(path, asked), 'thread')).id };
}

const inDm =
  (more: Params = {}) =>
  ({ dm }: Stage): Params => ({ channel_id: dm.id, ...more });

export const THREAD_EXPECTATIONS: Expectations = {
  'thread.create': [
    { ask: (stage) => ({ ...theChannel(stage), name }), answers: inServer(unseen, 201, 201, 201) },
    {
      what: 'from a message',
      ask: async (stage) => ({ ...(await freshMessage(stage)), name, content: fresh('go on') }),
      answers: inServer(unseen, 201, 201, 201),
    },
    {
      what: 'under a thread',
      ask: async (stage) => ({ ...(await freshThread(stage)), name }),
      answers: inServer(unseen, wrong, wrong, wrong),
    },
    { what: 'in a conversation', ask: inDm({ name }), answers: inConversation(wrong, wrong) },
  ],
  'thread.list': [
    { ask: theChannel, answers: inServer(unseen, 200, 200, 200) },
    { what: 'of a conversation', ask: inDm(), answers: inConversation(200, 200) },
  ],
  'thread.members': [
    { ask: freshThread, answers: inServer(unseen, 200, 200, 200) },
    { what: 'of a channel', ask: theChannel, answers: inServer(unseen, wrong, wrong, wrong) },
  ],
  'thread.follow': [
    { ask: freshThread, answers: inServer(unseen, 200, 200, 200) },
    { what: 'of a channel', ask: theChannel, answers: inServer(unseen, wrong, wrong, wrong) },
  ],
  'thread.unfollow': [
    { ask: freshThread, answers: inServer(unseen, 204, 204, 204) },
    { what: 'of a conversation', ask: inDm(), answers: inConversation(wrong, wrong) },
  ],
  'channel.get': [{ what, ask: freshThread, answers: inServer(unseen, 200, 200, 200) }],
  'channel.update': [
    {
      what,
      ask: async (stage) => ({ ...(await freshThread(stage)), is_archived: true }),
      answers: inServer(unseen, missing, 200, 200),
    },
    {
      what: 'of the slow mode of a thread',
      ask: async (stage) => ({ ...(await freshThread(stage)), slow_mode_delay: 5 }),
      answers: inServer(unseen, missing, missing, 200),
    },
  ],
  'channel.delete': [{ what, ask: freshThread, answers: inServer(unseen, missing, missing, 204) }],
  'message.send': [
    {
      what: 'in a thread',
      ask: async (stage) => ({ ...(await freshThread(stage)), content: fresh('answered') }),
      answers: inServer(unseen, 201, 201, 201),
    },
  ],
  'message.list': [{ what, ask: freshThread, answers: inServer(unseen, 200, 200, 200) }],
};
