/** Who may do what: reactions and pins. */
import { type Expectations, inConversation, inServer, type Params } from './answers.ts';
import { missing, theChannel, theMessage, unseen } from './asking.ts';
import { MISSING } from './auth-expectations.ts';
import type { Stage } from './stage.ts';

const what = 'in a conversation';
const notThere = 'UNKNOWN_MESSAGE';
const onMessage =
  (more: Params = {}) =>
  (stage: Stage): Params => ({ ...theMessage(stage), ...more });
const onNothing =
  (more: Params = {}) =>
  (stage: Stage): Params => ({ ...theChannel(stage), message_id: MISSING, ...more });
const inDm =
  (more: Params = {}) =>
  ({ dm, dmMessage }: Stage): Params => ({ channel_id: dm.id, message_id: dmMessage.id, ...more });
const emoji = '👍';

export const REACTION_EXPECTATIONS: Expectations = {
  'reaction.add': [
    { ask: onMessage({ emoji }), answers: inServer(unseen, 204, 204, 204) },
    {
      what: 'to no message',
      ask: onNothing({ emoji }),
      answers: inServer(unseen, notThere, notThere, notThere),
    },
    { what, ask: inDm({ emoji }), answers: inConversation(204, 204) },
  ],
  'reaction.remove': [
    { ask: onMessage({ emoji }), answers: inServer(unseen, 204, 204, 204) },
    { what, ask: inDm({ emoji }), answers: inConversation(204, 204) },
  ],
  'reaction.clear': [
    { ask: onMessage(), answers: inServer(unseen, missing, missing, 204) },
    { what: 'of one emoji', ask: onMessage({ emoji }), answers: inServer(unseen, missing, missing, 204) },
    { what, ask: inDm(), answers: inConversation(missing, missing) },
  ],
  'reaction.list': [
    { ask: onMessage({ emoji }), answers: inServer(unseen, 200, 200, 200) },
    {
      what: 'to no message',
      ask: onNothing({ emoji }),
      answers: inServer(unseen, notThere, notThere, notThere),
    },
    { what, ask: inDm({ emoji }), answers: inConversation(200, 200) },
  ],
};

export const PIN_EXPECTATIONS: Expectations = {
  'pin.list': [
    { ask: theChannel, answers: inServer(unseen, 200, 200, 200) },
    { what, ask: ({ dm }) => ({ channel_id: dm.id }), answers: inConversation(200, 200) },
  ],
  'pin.add': [
    { ask: onMessage(), answers: inServer(unseen, missing, missing, 204) },
    { what: 'no message', ask: onNothing(), answers: inServer(unseen, missing, missing, notThere) },
    { what, ask: inDm(), answers: inConversation(204, 204) },
  ],
  'pin.remove': [
    { ask: onMessage(), answers: inServer(unseen, missing, missing, 204) },
    { what, ask: inDm(), answers: inConversation(204, 204) },
  ],
};
