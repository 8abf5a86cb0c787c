import { join as path } from 'node:path';
import { createAuth } from '@snug/auth';
import { createLogger, createRegistry } from '@snug/edge';
import type { Problem } from '@snug/protocol';
import { identify, ok, PASSWORD, startInstance, type TestInstance } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountEnd, placesBegunBy } from '../src/features/users/end-account.ts';
import { SqliteLog } from '../src/log/sqlite/sqlite-log.ts';
import { verifyLog } from '../src/projections/verify.ts';
import { loadWorld } from '../src/world/load.ts';
import { API, authSettings, finished, isSound, lead, messagesIn } from './account-life.ts';
import { grepFolder, untilGone } from './grep-folder.ts';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance({ erasure_delay: 0.05 });
});
afterAll(() => instance[Symbol.asyncDispose]());

describe('exactly once', () => {
  test('[ERASE6] what auth said while chat was not there to hear it is done at the next start', async () => {
    await using own = await startInstance({ erasure_delay: 0.05 });
    const [ada, bo] = [await own.signUp('adriatic'), await own.signUp('bo')];
    const { channel } = await lead(ada, bo, 'missed-ruff');
    await own.stop();
    // As a crash between auth's commit and chat's: the account is gone, and chat never heard.
    const auth = await createAuth({
      settings: authSettings(own),
      logger: createLogger({ level: 'silent' }),
      registry: createRegistry(),
    });
    await auth.admin.deleteUser(
      ada.id,
      'erase',
      { actor_id: null },
      { get: async () => null, update: () => Promise.reject(new Error('unused')) },
    );
    await auth.close();
    expect(grepFolder(own.data, 'missed-ruff')).not.toEqual([]);
    await own.restart();
    await finished(own, ada.id);
    await untilGone(own.data, 'missed-ruff');
    expect(await messagesIn(bo, channel.id)).toEqual(['an answer']);
    const ended = async () =>
      (
        await own.running.chat.log.events(
          await own.running.chat.log.positions([`user:${ada.id}`], 0, own.running.chat.log.tail, 1000),
        )
      )
        .map(({ type }) => type)
        .filter((type) => type.startsWith('USER_DELETE'));
    expect(await ended()).toEqual(['USER_DELETE', 'USER_DELETE_DONE']);
    await own.restart();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await ended()).toEqual(['USER_DELETE', 'USER_DELETE_DONE']);
    await isSound(own);
  });

  test('[ERASE6] what was begun and cut off anywhere is finished at the next start, and verify is equal meanwhile', async () => {
    await using own = await startInstance({ erasure_delay: 0.05 });
    const [ada, bo] = [await own.signUp('adelaide'), await own.signUp('bo')];
    await lead(ada, bo, 'halfway-snipe');
    await own.stop();
    // The first append of an end, and then nothing: as after a SIGKILL.
    const file = path(own.data, 'chat.db');
    const log = await SqliteLog.open({ file, logger: createLogger({ level: 'silent' }), onFatal: () => {} });
    const world = await loadWorld(log);
    const { began } = (await log.read({ began: placesBegunBy(ada.id) })).value;
    const first = accountEnd(world, ada.id, 'erase', began);
    await log.append({ actor: ada.id, at: Date.now(), trace: 'test', events: first?.events ?? [], guards: [] });
    await log.close();
    const { tables, ...report } = verifyLog(file);
    expect(tables.filter(({ missing, unexpected }) => missing + unexpected > 0)).toEqual([]);
    expect(report).toMatchObject({ equal: true });
    expect(world.users.get(ada.id)?.servers.size).toBe(1);
    await own.restart();
    await finished(own, ada.id);
    expect(own.running.chat.world.users.get(ada.id)?.servers.size).toBe(0);
    await untilGone(own.data, 'halfway-snipe');
    await isSound(own);
  });

  test('[ERASE7] what is under way as the account ends is not said in its name afterwards', async () => {
    const [ada, bo] = [await instance.signUp('adversary'), await instance.signUp('bo')];
    const { channel } = await lead(ada, bo, 'racing-stint');
    const { gateway } = await identify(instance.url, ada.token);
    const sending = Array.from({ length: 50 }, (_, index) =>
      gateway.request('message.send', { channel_id: channel.id, content: `racing-stint ${index}` }).catch(() => null),
    );
    const updating = Array.from({ length: 10 }, (_, index) =>
      ada.rest.patch(`${API}/users/@me`, { bio: `racing-stint bio ${index}` }).catch(() => null),
    );
    await ok(ada.rest.request('DELETE', `${API}/auth/me`, { password: PASSWORD, messages: 'erase' }));
    await finished(instance, ada.id);
    await Promise.allSettled([...sending, ...updating]);
    expect(await gateway.closed).toMatchObject({ code: 4014 });
    expect((await ada.rest.get<Problem>(`${API}/users/@me`)).status).toBe(401);
    await untilGone(instance.data, 'racing-stint');
    await isSound(instance);
  }, 20_000);

  test('[AUTH22] [ERASE6] a new name that chat did not hear of is recorded at the next start', async () => {
    await using own = await startInstance();
    const ada = await own.signUp('ada');
    await ok(ada.rest.get(`${API}/users/@me`));
    await own.stop();
    const auth = await createAuth({
      settings: authSettings(own),
      logger: createLogger({ level: 'silent' }),
      registry: createRegistry(),
    });
    const { access_token } = await auth.openSession(ada.id);
    await auth.close();
    await own.restart();
    await ok(own.rest(access_token).patch(`${API}/auth/me`, { username: 'adeline', password: PASSWORD }));
    while (own.running.chat.world.users.get(ada.id)?.user.username !== 'adeline')
      await new Promise((resolve) => setTimeout(resolve, 10));
    const { seq } = (
      await own.running.chat.log.read({
        seq: { sql: 'SELECT seq FROM auth_feed', params: [], map: ([row]) => row?.seq as number },
      })
    ).value;
    expect(seq).toBeGreaterThan(0);
  });
});
