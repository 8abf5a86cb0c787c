import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  createServer,
  identify,
  join,
  openGateway,
  refusalOf,
  send,
  signIn,
  startInstance,
  startProcess,
  UnexpectedAnswer,
} from '../src/index.ts';

describe('an instance in process', () => {
  test('[KIT1] has people who meet, and goes away with its folder', async () => {
    let data: string;
    {
      await using instance = await startInstance();
      data = instance.data;
      const [ada, bo] = [await instance.signUp('ada'), await instance.signUp('bo')];
      const { server, channel } = await createServer(ada);
      await join(ada, server.id, bo);
      const { gateway, ready } = await identify(instance.url, bo.token);
      await using _closing = gateway;
      expect((ready.d as { servers: { id: string }[] }).servers.map(({ id }) => id)).toEqual([server.id]);
      await send(ada, channel.id, 'hello');
      expect((await gateway.dispatch<{ content: string }>('MESSAGE_CREATE')).d.content).toBe('hello');
      expect(gateway.cursor).toBeGreaterThan(ready.s as number);
      expect((await signIn(instance.url, 'ada')).id).toBe(ada.id);
    }
    expect(existsSync(data)).toBe(false);
  });

  test('[KIT1] two at once do not know each other', async () => {
    await using one = await startInstance();
    await using two = await startInstance();
    await one.signUp('ada');
    await expect(signIn(two.url, 'ada')).rejects.toThrow(UnexpectedAnswer);
  });

  test('[KIT2] a command over the gateway is answered, and other frames wait', async () => {
    await using instance = await startInstance();
    const ada = await instance.signUp('ada');
    const { gateway } = await identify(instance.url, ada.token);
    await using _closing = gateway;
    const made = await gateway.request<{ id: string }>('server.create', { name: 'x' });
    expect(made).toMatchObject({ ok: true, result: { id: expect.any(String) } });
    expect(made.position).toBeGreaterThan(0);
    expect(await gateway.request('server.get', { server_id: 'nope' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PARAMS' },
    });
    await gateway.dispatch('SERVER_CREATE');
  });

  test('[KIT2] waiting for what does not come ends, and a closed socket says so', async () => {
    await using instance = await startInstance();
    const gateway = await openGateway(instance.url);
    await gateway.next();
    await expect(gateway.next(50)).rejects.toThrow(/no frame came in 50 ms/);
    await gateway.close();
    await expect(gateway.next(50)).rejects.toThrow(/closed with/);
    expect(await refusalOf(instance.rest().get('/api/v1/users/@me'))).toBe('NOT_SIGNED_IN');
  });

  test('[KIT1] an account with the SDK', async () => {
    await using instance = await startInstance();
    const client = await instance.client('ada');
    expect(client.session.state.status).toBe('signed_in');
    expect((await client.call('user.me', {})).username).toBe('ada');
  });
});

test('[KIT3] a process of its own comes back on the same port and folder after SIGKILL', async () => {
  await using snug = await startProcess();
  const { url, pid } = snug;
  expect(await snug.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
  expect(snug.isRunning).toBe(false);
  await snug.restart();
  expect(snug.url).toBe(url);
  expect(snug.pid).not.toBe(pid);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
