/** A server's invite link opens registration; whatever closes the one door closes the other (E35). */
import type { Invite } from '@snug/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createInvite,
  createServer,
  ok,
  PASSWORD,
  type Person,
  signUp,
  startInstance,
  type TestInstance,
} from '../src/index.ts';

describe('[AUTH21] on an instance for invited people a stranger', () => {
  let instance: TestInstance;
  let owner: Person;
  let serverId: string;
  let count = 0;
  beforeEach(async () => {
    const made = await startInstance({ registration: 'invite' });
    instance = made;
    const first = new URL(made.running.ownerLink as string).searchParams.get('token') as string;
    owner = await signUp(made.url, 'owner', { invite: first });
    serverId = (await createServer(owner)).server.id;
    return () => made[Symbol.asyncDispose]();
  });

  const knock = async (code: string): Promise<string | undefined> => {
    const body = { username: `stranger${count++}`, password: PASSWORD, invite: code, token_delivery: 'body' };
    const answer = await instance.rest().post<{ code?: string }>('/api/v1/auth/register', body);
    return answer.status === 201 ? 'let in' : answer.body.code;
  };
  const isOpen = async (code: string): Promise<boolean> => {
    const answer = await instance.rest().get<{ opens_registration: boolean }>(`/api/v1/invites/${code}`);
    return answer.status === 200 && answer.body.opens_registration;
  };

  test('is let in by a live link', async () => {
    const { code } = await createInvite(owner, serverId);
    expect(await isOpen(code)).toBe(true);
    expect(await knock(code)).toBe('let in');
  });

  test('is not by one that was revoked', async () => {
    const { code } = await createInvite(owner, serverId);
    await ok(owner.rest.delete(`/api/v1/invites/${code}`));
    expect([await isOpen(code), await knock(code)]).toEqual([false, 'INVITE_INVALID']);
  });

  test('is not by one whose server is gone', async () => {
    const codes = await Promise.all([0, 5].map((max_uses) => createInvite(owner, serverId, { max_uses })));
    await ok(owner.rest.delete(`/api/v1/servers/${serverId}`));
    for (const { code } of codes) expect([await isOpen(code), await knock(code)]).toEqual([false, 'INVITE_INVALID']);
  });

  test('is not by one that somebody with an account used up', async () => {
    const guest = await signUp(instance.url, 'guest', { invite: (await createInvite(owner, serverId)).code });
    const { code } = await createInvite(owner, serverId, { max_uses: 1 });
    await ok(guest.rest.post<Invite>(`/api/v1/invites/${code}`, {}));
    expect([await isOpen(code), await knock(code)]).toEqual([false, 'INVITE_INVALID']);
  });

  test('comes in and joins by one use of the same link', async () => {
    const { code } = await createInvite(owner, serverId, { max_uses: 1 });
    const stranger = await signUp(instance.url, 'stranger', { invite: code });
    await ok(stranger.rest.post(`/api/v1/invites/${code}`, {}));
    expect([await isOpen(code), await knock(code)]).toEqual([false, 'INVITE_INVALID']);
  });
});
