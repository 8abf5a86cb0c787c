/** Who may do what of auth's operations. */
import type { InstanceInvite } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import { anyone, type Expectations, onlyAdmin, signedIn } from './answers.ts';
import type { Player, Stage } from './stage.ts';

const PASSWORD = 'a long enough password';
/** Well-formed ids of nothing. */
export const MISSING = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
export const ALSO_MISSING = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

let made = 0;
export const fresh = (what: string): string => `${what}-${++made}`;

/** A session besides the one the player uses. */
const anotherSession = (stage: Stage, { id }: Player) => stage.instance.running.auth.openSession(id);

const instanceInvite = ({ players }: Stage): Promise<InstanceInvite> =>
  ok(players.admin.rest.post<InstanceInvite>('/api/v1/auth/invites', {}), 'instance invite');

const resetToken = async (stage: Stage): Promise<string> => {
  const { id } = await stage.account(fresh('forgetful'));
  return (await stage.instance.running.auth.admin.resetPassword(id, { actor_id: null })).token;
};

const keeper = { username: 'keeper', password: PASSWORD, token_delivery: 'body' };
const keepers = new WeakMap<Stage, Promise<unknown>>();
/** One account with a password is enough for everybody to sign in to. */
async function ensureKeeper(stage: Stage): Promise<void> {
  const known = keepers.get(stage) ?? ok(stage.players.nobody.rest.post('/api/v1/auth/register', keeper), 'keeper');
  keepers.set(stage, known);
  await known;
}

export const AUTH_EXPECTATIONS: Expectations = {
  'auth.register': [
    {
      ask: () => ({ username: fresh('newcomer'), password: PASSWORD, token_delivery: 'body' }),
      answers: anyone(201),
    },
  ],
  'auth.login': [
    {
      ask: async (stage) => {
        await ensureKeeper(stage);
        return { login: keeper.username, password: PASSWORD, token_delivery: 'body' };
      },
      answers: anyone(200),
    },
    {
      what: 'with a wrong password',
      ask: () => ({ login: 'owner', password: 'x' }),
      answers: anyone('BAD_CREDENTIALS'),
    },
  ],
  'auth.refresh': [
    {
      ask: async (stage) => ({
        refresh_token: (await anotherSession(stage, stage.players.outsider)).refresh_token,
      }),
      answers: anyone(200),
    },
    { what: 'without a token', ask: () => ({}), answers: anyone('REFRESH_INVALID') },
    { what: 'with a token of nobody', ask: () => ({ refresh_token: 'x' }), answers: anyone('REFRESH_INVALID') },
  ],
  'auth.logout': [{ ask: () => ({}), answers: anyone(204), endsSession: true }],
  'auth.me': [{ ask: () => ({}), answers: signedIn(200) }],
  'auth.update_me': [
    { ask: () => ({ bio: fresh('bio') }), answers: signedIn(200) },
    {
      what: 'a username without the password',
      ask: () => ({ username: fresh('renamed') }),
      answers: signedIn('INVALID_PARAMS'),
    },
    {
      what: 'a username with a wrong password',
      ask: () => ({ username: fresh('renamed'), password: 'x' }),
      answers: signedIn('BAD_CREDENTIALS'),
    },
  ],
  'auth.change_password': [
    {
      what: 'with a wrong password',
      ask: () => ({ current_password: 'x', new_password: PASSWORD }),
      answers: signedIn('BAD_CREDENTIALS'),
    },
  ],
  'auth.reset_password': [
    {
      ask: async (stage) => ({ token: await resetToken(stage), new_password: PASSWORD }),
      answers: anyone(204),
    },
    {
      what: 'with a token of nobody',
      ask: () => ({ token: 'x', new_password: PASSWORD }),
      answers: anyone('RESET_INVALID'),
    },
  ],
  'auth.delete_account': [
    {
      what: 'with a wrong password',
      ask: () => ({ password: 'x', messages: 'keep' }),
      answers: signedIn('BAD_CREDENTIALS'),
    },
  ],
  'auth.sessions': [{ ask: () => ({}), answers: signedIn(200) }],
  'auth.revoke_session': [
    {
      what: 'of their own',
      ask: async (stage, player) => ({
        session_id: player.id === '' ? MISSING : (await anotherSession(stage, player)).session_id,
      }),
      answers: signedIn(204),
    },
    {
      what: "of somebody else's",
      ask: async (stage) => ({
        session_id: (await stage.account(fresh('victim'))).sessionId,
      }),
      answers: signedIn('UNKNOWN_SESSION'),
    },
  ],
  'auth.ticket': [{ ask: () => ({}), answers: signedIn(201) }],
  'auth.create_invite': [{ ask: () => ({}), answers: onlyAdmin(201) }],
  'auth.list_invites': [{ ask: () => ({}), answers: onlyAdmin(200) }],
  'auth.revoke_invite': [
    { ask: async (stage) => ({ invite_id: (await instanceInvite(stage)).id }), answers: onlyAdmin(204) },
    { what: 'one that is not there', ask: () => ({ invite_id: ALSO_MISSING }), answers: onlyAdmin('INVITE_INVALID') },
  ],
};
