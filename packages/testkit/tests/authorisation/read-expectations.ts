/** Who may do what: read states. */
import { type Expectations, inServer } from './answers.ts';
import { theMessage, unseen } from './asking.ts';

export const READ_EXPECTATIONS: Expectations = {
  'read.ack': [{ ask: theMessage, answers: inServer(unseen, 200, 200, 200) }],
  'read.mark_unread': [{ ask: theMessage, answers: inServer(unseen, 200, 200, 200) }],
  'read.ack_all': [{ ask: (stage) => ({ acks: [theMessage(stage)] }), answers: inServer(unseen, 200, 200, 200) }],
};
