/** Who may do what: chat's operations on people. */
import { type Expectations, inServer, signedIn } from './answers.ts';
import { fresh } from './auth-expectations.ts';

export const USER_EXPECTATIONS: Expectations = {
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
};
