/** Who may do what: operations on invites. */
import { anyone, type Expectations, inServer, signedIn } from './answers.ts';
import { freshDoor, freshInvite, freshRole, hidden, missing, theServer } from './asking.ts';

export const INVITE_EXPECTATIONS: Expectations = {
  'invite.create': [
    { ask: theServer, answers: inServer(hidden, 201, 201, 201) },
    {
      what: 'that grants a role',
      ask: freshRole,
      answers: inServer(hidden, 'OUTRANKED', 'OUTRANKED', 201),
    },
  ],
  'invite.list': [{ ask: theServer, answers: inServer(hidden, missing, missing, 200) }],
  'invite.get': [
    { ask: freshInvite, answers: anyone(200) },
    { what: 'a code of nothing', ask: () => ({ code: 'AAAAAAAAAAAAAAAA' }), answers: anyone('INVITE_INVALID') },
  ],
  'invite.accept': [
    { ask: async (stage) => ({ code: (await freshDoor(stage)).code }), answers: signedIn(200) },
    { what: 'a code of nothing', ask: () => ({ code: 'AAAAAAAAAAAAAAAA' }), answers: signedIn('INVITE_INVALID') },
  ],
  'invite.delete': [{ ask: freshInvite, answers: inServer('INVITE_INVALID', missing, 204, 204) }],
};
