/** Who may do what: opening conversations. */
import { type Expectations, inServer, signedIn } from './answers.ts';

export const DM_EXPECTATIONS: Expectations = {
  'dm.list': [{ ask: () => ({}), answers: signedIn(200) }],
  'dm.open': [
    {
      what: 'with the author',
      ask: ({ players }) => ({ recipient_id: players.author.id }),
      answers: { ...inServer('CANNOT_MESSAGE', 200, 200, 200), partner: 200 },
    },
  ],
};
