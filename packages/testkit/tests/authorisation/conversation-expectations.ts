/** The same operations where the channel is a conversation of two: nobody else has a say, whoever they are (PERM6). */
import { type Expectations, inConversation, type Params } from './answers.ts';
import { fresh } from './auth-expectations.ts';
import { type Stage, say } from './stage.ts';

const what = 'in a conversation';
const theDm = ({ dm }: Stage): Params => ({ channel_id: dm.id });
const theMessage = ({ dm, dmMessage }: Stage): Params => ({ channel_id: dm.id, message_id: dmMessage.id });

async function freshMessage({ players, dm }: Stage): Promise<Params> {
  return { channel_id: dm.id, message_id: (await say(players.author, dm.id, fresh('whispered'))).id };
}

export const CONVERSATION_EXPECTATIONS: Expectations = {
  'channel.get': [{ what, ask: theDm, answers: inConversation(200, 200) }],
  'channel.update': [
    {
      what,
      ask: (stage) => ({ ...theDm(stage), name: 'ours' }),
      answers: inConversation('WRONG_CHANNEL_TYPE', 'WRONG_CHANNEL_TYPE'),
    },
  ],
  'channel.delete': [{ what, ask: theDm, answers: inConversation('WRONG_CHANNEL_TYPE', 'WRONG_CHANNEL_TYPE') }],
  'message.list': [{ what, ask: theDm, answers: inConversation(200, 200) }],
  'message.send': [
    { what, ask: (stage) => ({ ...theDm(stage), content: fresh('whispered') }), answers: inConversation(201, 201) },
  ],
  'message.get': [{ what, ask: theMessage, answers: inConversation(200, 200) }],
  'message.edit': [
    {
      what,
      ask: async (stage) => ({ ...(await freshMessage(stage)), content: fresh('edited') }),
      answers: inConversation(200, 'NOT_THE_AUTHOR'),
    },
  ],
  'message.delete': [{ what, ask: freshMessage, answers: inConversation(204, 'MISSING_PERMISSION') }],
  'typing.start': [{ what, ask: theDm, answers: inConversation(204, 204) }],
  'read.ack': [{ what, ask: theMessage, answers: inConversation(200, 200) }],
  'read.mark_unread': [{ what, ask: theMessage, answers: inConversation(200, 200) }],
  'read.ack_all': [{ what, ask: (stage) => ({ acks: [theMessage(stage)] }), answers: inConversation(200, 200) }],
};
