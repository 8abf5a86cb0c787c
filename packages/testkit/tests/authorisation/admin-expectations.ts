/** Administering the instance is for its administrators; a member, an owner and a stranger to it are the same. */
import { type Expectation, type Expectations, onlyAdmin, type Params } from './answers.ts';
import { ALSO_MISSING, fresh, MISSING } from './auth-expectations.ts';
import type { Stage } from './stage.ts';

/** Somebody new each time: what is done to them here would be in the way of others. */
const somebody =
  (more: Params = {}) =>
  async (stage: Stage): Promise<Params> => ({ user_id: (await stage.account(fresh('subject'))).id, ...more });

const notThere = (more: Params = {}): Expectation => ({
  what: 'of somebody who is not there',
  ask: () => ({ user_id: ALSO_MISSING, ...more }),
  answers: onlyAdmin('UNKNOWN_USER'),
});

const onSomebody = (status: 200 | 201 | 204, more: Params = {}): Expectation[] => [
  { ask: somebody(more), answers: onlyAdmin(status) },
  notThere(more),
];

const onThemselves = (more: Params = {}): Expectation => ({
  what: 'of their own',
  ask: (_stage, player) => ({ user_id: player.id === '' ? MISSING : player.id, ...more }),
  answers: onlyAdmin('NOT_YOURSELF'),
});

export const ADMIN_EXPECTATIONS: Expectations = {
  'admin.list_users': [{ ask: () => ({ query: 'out' }), answers: onlyAdmin(200) }],
  'admin.get_user': onSomebody(200),
  'admin.suspend_user': [...onSomebody(200, { reason: 'spam' }), onThemselves()],
  'admin.restore_user': onSomebody(200),
  'admin.set_admin': onSomebody(200, { is_admin: true }),
  'admin.reset_password': onSomebody(201),
  'admin.delete_user': [...onSomebody(204, { messages: 'erase' }), onThemselves({ messages: 'keep' })],
  'admin.instance': [{ ask: () => ({}), answers: onlyAdmin(200) }],
  'admin.update_instance': [{ ask: () => ({ registration: 'open' }), answers: onlyAdmin(200) }],
  'admin.audit': [{ ask: () => ({}), answers: onlyAdmin(200) }],
};
