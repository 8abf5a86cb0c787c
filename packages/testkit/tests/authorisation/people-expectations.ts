/** Who may do what: people, how they stand to each other, what they want to be told of, and reports. */
import type { Report, User } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import { type Expectations, inConversation, inServer, onlyAdmin, type Params, signedIn } from './answers.ts';
import { theChannel, theMessage, unseen } from './asking.ts';
import { fresh, MISSING } from './auth-expectations.ts';
import { bringIn, type Player, type Stage } from './stage.ts';

/** A well-formed id of nothing. */
const NO_REPORT = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

type Account = Omit<Player, 'standing'>;

const shyOnes = new WeakMap<Stage, Promise<Account>>();
/** A member of the server whom strangers do not find. */
function shy(stage: Stage): Promise<Account> {
  const known = shyOnes.get(stage) ?? makeShy(stage);
  shyOnes.set(stage, known);
  return known;
}
async function makeShy(stage: Stage): Promise<Account> {
  const account = await stage.account(fresh('shy'));
  await ok(account.rest.patch('/api/v1/users/@me/settings', { is_findable: false }));
  await bringIn(stage.players.owner, stage.server.id, account);
  return account;
}

const theShy =
  (more: Params = {}) =>
  async (stage: Stage): Promise<Params> => ({ user_id: (await shy(stage)).id, ...more });

/** Somebody new each time, whom anybody may find. */
const somebody =
  (more: Params = {}) =>
  async (stage: Stage): Promise<Params> => ({ user_id: (await stage.account(fresh('stranger'))).id, ...more });

/** Members of the server know them, and for everybody else they are not there. */
const membersOnly = (answer: 200 | 201 | 204) => inServer('UNKNOWN_USER', answer, answer, answer);

async function aReport({ players, account }: Stage): Promise<Report> {
  const { id } = await account(fresh('reported'));
  return ok(players.member.rest.post<Report>('/api/v1/reports', { user_id: id, reason: 'noise' }), 'report');
}

export const PEOPLE_EXPECTATIONS: Expectations = {
  'user.get': [
    {
      what: 'whom anybody may find',
      ask: ({ players }) => ({ user_id: players.author.id }),
      answers: { ...signedIn(200), nobody: 'UNKNOWN_USER', revoked: 'UNKNOWN_USER' },
    },
    {
      what: 'who hides from strangers',
      ask: theShy(),
      answers: { ...membersOnly(200), nobody: 'UNKNOWN_USER', revoked: 'UNKNOWN_USER' },
    },
    {
      what: 'oneself, by name',
      ask: ({ players }, { username }) => ({ user_id: username || players.owner.username }),
      answers: { ...signedIn(200), nobody: 'UNKNOWN_USER', revoked: 'UNKNOWN_USER' },
    },
    {
      what: 'who shows their profile to all',
      ask: async (stage) => {
        const { id, rest } = await stage.account(fresh('public'));
        await ok(rest.patch<User>('/api/v1/users/@me/settings', { public_profile: true, is_findable: false }));
        return { user_id: id };
      },
      answers: { ...signedIn(200), nobody: 200, revoked: 200 },
    },
  ],
  'user.search': [{ ask: () => ({ q: 'out' }), answers: signedIn(200) }],
  'settings.get': [{ ask: () => ({}), answers: signedIn(200) }],
  'settings.update': [{ ask: () => ({ sends_receipts: true }), answers: signedIn(200) }],
  'relationship.list': [{ ask: () => ({}), answers: signedIn(200) }],
  'relationship.set': [
    { ask: somebody({ type: 'friend' }), answers: signedIn(200) },
    { what: 'who hides from strangers', ask: theShy({ type: 'friend' }), answers: membersOnly(200) },
    { what: 'a block of who hides', ask: theShy({ type: 'blocked' }), answers: membersOnly(200) },
    {
      what: 'oneself',
      ask: (_stage, { id }) => ({ user_id: id || MISSING, type: 'friend' }),
      answers: signedIn('NOT_YOURSELF'),
    },
  ],
  'relationship.delete': [
    { ask: somebody(), answers: signedIn(204) },
    { what: 'who hides from strangers', ask: theShy(), answers: membersOnly(204) },
  ],
  'notification.list': [{ ask: () => ({}), answers: signedIn(200) }],
  'notification.set': [
    {
      what: 'of the server',
      ask: ({ server }) => ({ target_id: server.id, level: 'mentions' }),
      answers: inServer('UNKNOWN_TARGET', 200, 200, 200),
    },
    {
      what: 'of the channel',
      ask: ({ channel }) => ({ target_id: channel.id, level: 'mentions' }),
      answers: inServer('UNKNOWN_TARGET', 200, 200, 200),
    },
    {
      what: 'of a conversation',
      ask: ({ dm }) => ({ target_id: dm.id, level: 'mentions' }),
      answers: { ...signedIn('UNKNOWN_TARGET'), author: 200, partner: 200 },
    },
  ],
  'report.create': [
    {
      what: 'of a message',
      ask: (stage) => ({ ...theMessage(stage), reason: 'noise' }),
      answers: inServer(unseen, 201, 'NOT_YOURSELF', 201),
    },
    {
      what: 'of a message in a conversation',
      ask: ({ dm, dmMessage }) => ({ channel_id: dm.id, message_id: dmMessage.id, reason: 'noise' }),
      answers: inConversation('NOT_YOURSELF', 201),
    },
    { what: 'of a user who hides', ask: theShy({ reason: 'noise' }), answers: membersOnly(201) },
  ],
  'typing.stop': [
    { ask: theChannel, answers: inServer(unseen, 204, 204, 204) },
    { what: 'in a conversation', ask: ({ dm }) => ({ channel_id: dm.id }), answers: inConversation(204, 204) },
  ],
  'report.list': [{ ask: () => ({}), answers: onlyAdmin(200) }],
  'report.get': [
    { ask: async (stage) => ({ report_id: (await aReport(stage)).id }), answers: onlyAdmin(200) },
    { what: 'that is not there', ask: () => ({ report_id: NO_REPORT }), answers: onlyAdmin('UNKNOWN_REPORT') },
  ],
  'report.resolve': [
    {
      ask: async (stage) => ({ report_id: (await aReport(stage)).id, status: 'dismissed' }),
      answers: onlyAdmin(200),
    },
    {
      what: 'that is not there',
      ask: () => ({ report_id: NO_REPORT, status: 'dismissed' }),
      answers: onlyAdmin('UNKNOWN_REPORT'),
    },
  ],
};
