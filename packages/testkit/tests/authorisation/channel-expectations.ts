/** Who may do what: operations on channels. */
import { type Expectations, inServer } from './answers.ts';
import { freshChannel, hidden, missing, theChannel, theServer, unseen } from './asking.ts';
import { fresh } from './auth-expectations.ts';

export const CHANNEL_EXPECTATIONS: Expectations = {
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
};
