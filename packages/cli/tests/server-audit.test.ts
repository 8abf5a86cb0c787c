import { join } from 'node:path';
import type { AuditEntry, Role } from '@snug/protocol';
import { startServer } from '@snug/server';
import { createServer, join as enter, ok, signUp, testSettings } from '@snug/testkit';
import { describe, expect, test } from 'vitest';
import { Workplace } from './run-snug.ts';

interface Told {
  readonly serverId: string;
  readonly ada: string;
  readonly bob: string;
}

/** A folder in which ada made a server, a role for bob, and removed him with a reason. */
async function told(place: Workplace): Promise<Told> {
  const instance = await startServer(testSettings(join(place.folder, 'data')), { write: () => {} });
  try {
    const [ada, bob] = [await signUp(instance.url, 'ada'), await signUp(instance.url, 'bob')];
    const { server } = await createServer(ada);
    await enter(ada, server.id, bob);
    const path = `/api/v1/servers/${server.id}`;
    const role = await ok(ada.rest.post<Role>(`${path}/roles`, { name: 'guest' }));
    await ok(ada.rest.put(`${path}/members/${bob.id}/roles/${role.id}`, {}));
    await ok(ada.rest.delete(`${path}/members/${bob.id}?reason=too+loud`));
    return { serverId: server.id, ada: ada.id, bob: bob.id };
  } finally {
    await instance.stop();
  }
}

describe('audit server', () => {
  test('[AUDIT3] tells what was done, the latest first, and by whom', async () => {
    using place = new Workplace();
    const { serverId, ada, bob } = await told(place);
    const { code, stdout } = await place.snug(['audit', 'server', serverId]);
    expect(code).toBe(0);
    const [first, second] = stdout.split('\n');
    expect(first).toMatch(/^\S+ {2}MEMBER_REMOVE +by ada +bob .*\(too loud\)$/);
    expect(second).toMatch(/MEMBER_UPDATE +by ada +bob .*role_ids=/);
    const page = await place.snug(['audit', 'server', serverId, '--json', '--limit', '1']);
    const { items, has_more } = JSON.parse(page.stdout) as { items: AuditEntry[]; has_more: boolean };
    expect([items[0], has_more]).toMatchObject([{ actor_id: ada, target_id: bob, reason: 'too loud' }, true]);
  });

  test('[AUDIT3] by actor and action, and page by page', async () => {
    using place = new Workplace();
    const { serverId } = await told(place);
    const only = await place.snug(['audit', 'server', serverId, '--actor', '@ADA', '--action', 'MEMBER_UPDATE']);
    expect(only.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect((await place.snug(['audit', 'server', serverId, '--actor', 'bob'])).stdout).toBe('');
    const first = await place.snug(['audit', 'server', serverId, '--limit', '1']);
    const before = /--before (\d+)/.exec(first.stderr)?.[1] as string;
    const second = await place.snug(['audit', 'server', serverId, '--limit', '1', '--before', before]);
    expect(second.stdout).toContain('MEMBER_UPDATE');
  });

  test.each([
    [['audit', 'server', 'x'], 1, 'there is no instance in'],
    [['audit', 'server', 'x', '--action', 'GOSSIP'], 2, 'no type of event'],
    [['audit', 'server'], 2, 'id'],
  ])('[CLI2] %j ends with %i', async (args, code, words) => {
    using place = new Workplace();
    const ended = await place.snug(args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(words);
  });

  test('[AUDIT3] names a server and a person that are not there', async () => {
    using place = new Workplace();
    const { serverId } = await told(place);
    expect((await place.snug(['audit', 'server', 'nowhere'])).stderr).toContain('there is no server nowhere');
    expect((await place.snug(['audit', 'server', serverId, '--actor', 'zoe'])).stderr).toContain(
      'there is no user zoe',
    );
  });
});
