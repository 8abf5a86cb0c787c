/** Who may do what: read states. */
import { type Expectations, inConversation, inServer, signedIn } from './answers.ts';
import { hidden, theChannel, theMessage, theServer, unseen } from './asking.ts';

export const READ_EXPECTATIONS: Expectations = {
  'read.get': [
    { ask: theChannel, answers: inServer(unseen, 200, 200, 200) },
    { what: 'of a conversation', ask: ({ dm }) => ({ channel_id: dm.id }), answers: inConversation(200, 200) },
  ],
  'read.mark_all': [
    { ask: () => ({}), answers: signedIn(200) },
    { what: 'of a server', ask: theServer, answers: inServer(hidden, 200, 200, 200) },
  ],
  'mention.list': [{ ask: () => ({}), answers: signedIn(200) }],
  'read.ack': [{ ask: theMessage, answers: inServer(unseen, 200, 200, 200) }],
  'read.mark_unread': [{ ask: theMessage, answers: inServer(unseen, 200, 200, 200) }],
  'read.ack_all': [{ ask: (stage) => ({ acks: [theMessage(stage)] }), answers: inServer(unseen, 200, 200, 200) }],
};
