/** Who may do what: chat's operations on people. */
import { type Expectations, signedIn } from './answers.ts';
import { fresh } from './auth-expectations.ts';

export const USER_EXPECTATIONS: Expectations = {
  'user.me': [{ ask: () => ({}), answers: signedIn(200) }],
  'user.update': [{ ask: () => ({ custom_status: fresh('status') }), answers: signedIn(200) }],
};
