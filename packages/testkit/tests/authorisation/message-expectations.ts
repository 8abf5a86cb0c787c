/** Who may do what: operations on messages. */
import { type Expectations, inConversation, inServer } from './answers.ts';
import { freshMessage, missing, theChannel, theMessage, unseen } from './asking.ts';
import { fresh } from './auth-expectations.ts';

export const MESSAGE_EXPECTATIONS: Expectations = {
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
  'message.bulk_delete': [
    {
      ask: async (stage) => {
        const { channel_id, message_id } = await freshMessage(stage);
        return { channel_id, message_ids: [message_id] };
      },
      answers: inServer(unseen, missing, missing, 200),
    },
    {
      what: 'of a conversation',
      ask: ({ dm, dmMessage }) => ({ channel_id: dm.id, message_ids: [dmMessage.id] }),
      answers: inConversation(missing, missing),
    },
  ],
  'message.delete': [{ ask: freshMessage, answers: inServer(unseen, missing, 204, 204) }],
  'typing.start': [{ ask: theChannel, answers: inServer(unseen, 204, 204, 204) }],
};
