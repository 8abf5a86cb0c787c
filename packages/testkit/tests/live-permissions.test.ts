/**
 * PERM12 and DLV6 as it happens: at the position of the event that takes sight of a channel, CHANNEL_DELETE comes, and
 * nothing of it after; at the one that gives it, CHANNEL_CREATE. Whoever was away across it starts afresh.
 */
import type { Channel, Role, ServerSnapshot } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { Journal, type Person, send } from '../src/index.ts';
import { bits, Manor } from './organisation/manor.ts';

const manor = await Manor.open();
const { ada, bo, cy } = manor;
afterAll(() => manor[Symbol.asyncDispose]());

interface Scene {
  readonly server: ServerSnapshot;
  /** What bo loses or gains sight of. */
  readonly channel: Channel;
  readonly role: Role;
}

interface Change {
  readonly what: string;
  /** Before: makes bo see it (or not, where the change gives sight). */
  readonly prepare?: (scene: Scene) => Promise<unknown>;
  readonly change: (scene: Scene) => Promise<unknown>;
}

const hide = (target: string) => ({ target_type: 'role', target_id: target, deny: bits('VIEW_CHANNEL') });
const show = (target: string, target_type = 'role') => ({
  target_type,
  target_id: target,
  allow: bits('VIEW_CHANNEL'),
});
const put = (scene: Scene, override: { target_id: string }) =>
  manor.do(ada, 'PUT', `/channels/${scene.channel.id}/permissions/${override.target_id}`, override);
const patch = (scene: Scene, changes: object) => manor.do(ada, 'PATCH', `/channels/${scene.channel.id}`, changes);
const makePrivate = (scene: Scene) => patch(scene, { is_private: true });
const give = ({ server, role }: Scene) => manor.give(server.id, bo, role);

async function intoCategory(scene: Scene, override: { target_id: string }): Promise<void> {
  const category = await manor.category(scene.server.id, 'wing');
  await manor.do(ada, 'PUT', `/categories/${category.id}/permissions/${override.target_id}`, override);
  await patch(scene, { category_id: category.id });
}

const LOSING: readonly Change[] = [
  { what: 'an override of everyone', change: (scene) => put(scene, hide(scene.server.id)) },
  { what: 'an override of a role', prepare: give, change: (scene) => put(scene, hide(scene.role.id)) },
  {
    what: 'an override of the member',
    change: (scene) => put(scene, { ...hide(bo.id), target_type: 'member' } as { target_id: string }),
  },
  { what: 'being made private', change: makePrivate },
  {
    what: 'an override that is removed',
    prepare: async (scene) => {
      await makePrivate(scene);
      await put(scene, show(bo.id, 'member'));
    },
    change: (scene) => manor.do(ada, 'DELETE', `/channels/${scene.channel.id}/permissions/${bo.id}`),
  },
  {
    what: 'a role that is taken away',
    prepare: async (scene) => {
      await makePrivate(scene);
      await put(scene, show(scene.role.id));
      await give(scene);
    },
    change: ({ server, role }) => manor.do(ada, 'DELETE', `/servers/${server.id}/members/${bo.id}/roles/${role.id}`),
  },
  {
    what: 'a role that is deleted',
    prepare: async (scene) => {
      await makePrivate(scene);
      await put(scene, show(scene.role.id));
      await give(scene);
    },
    change: ({ server, role }) => manor.do(ada, 'DELETE', `/servers/${server.id}/roles/${role.id}`),
  },
  {
    what: 'a role that is given, and hides',
    prepare: (scene) => put(scene, hide(scene.role.id)),
    change: give,
  },
  {
    what: 'bits of the default role',
    change: ({ server }) =>
      manor.do(ada, 'PATCH', `/servers/${server.id}/roles/${server.id}`, { permissions: bits('SEND_MESSAGES') }),
  },
  {
    what: 'an override of the category',
    prepare: (scene) => intoCategory(scene, show(scene.server.id)),
    change: async (scene) => {
      const [category] = await manor.list<{ id: string }>(scene.server.id, 'categories');
      await manor.do(ada, 'PUT', `/categories/${category?.id}/permissions/${scene.server.id}`, hide(scene.server.id));
    },
  },
  { what: 'a move into a category that hides', change: (scene) => intoCategory(scene, hide(scene.server.id)) },
  {
    what: 'a move out of a category that shows',
    prepare: async (scene) => {
      await makePrivate(scene);
      await intoCategory(scene, show(scene.role.id));
      await give(scene);
    },
    change: (scene) => patch(scene, { category_id: null }),
  },
  {
    what: 'the end of a category that shows',
    prepare: async (scene) => {
      await makePrivate(scene);
      await intoCategory(scene, show(scene.role.id));
      await give(scene);
    },
    change: async (scene) => {
      const [category] = await manor.list<{ id: string }>(scene.server.id, 'categories');
      await manor.do(ada, 'DELETE', `/categories/${category?.id}`);
    },
  },
  {
    what: 'the end of an administratorship',
    prepare: async (scene) => {
      await makePrivate(scene);
      const all = { permissions: bits('ADMINISTRATOR') };
      await manor.do(ada, 'PATCH', `/servers/${scene.server.id}/roles/${scene.role.id}`, all);
      await give(scene);
    },
    change: ({ server, role }) =>
      manor.do(ada, 'PATCH', `/servers/${server.id}/roles/${role.id}`, { permissions: '0' }),
  },
  { what: 'being removed', change: ({ server }) => manor.do(ada, 'DELETE', `/servers/${server.id}/members/${bo.id}`) },
  { what: 'being banned', change: ({ server }) => manor.do(ada, 'PUT', `/servers/${server.id}/bans/${bo.id}`, {}) },
];

const GAINING: readonly Change[] = [
  { what: 'being made public', prepare: makePrivate, change: (scene) => patch(scene, { is_private: false }) },
  { what: 'an override of the member', prepare: makePrivate, change: (scene) => put(scene, show(bo.id, 'member')) },
  {
    what: 'a role that is given',
    prepare: async (scene) => {
      await makePrivate(scene);
      await put(scene, show(scene.role.id));
    },
    change: give,
  },
  {
    what: 'a role that hid and is deleted',
    prepare: async (scene) => {
      await give(scene);
      await put(scene, hide(scene.role.id));
    },
    change: ({ server, role }) => manor.do(ada, 'DELETE', `/servers/${server.id}/roles/${role.id}`),
  },
  {
    what: 'the server that is handed over',
    prepare: makePrivate,
    change: ({ server }) => manor.do(ada, 'POST', `/servers/${server.id}/transfer`, { user_id: bo.id }),
  },
];

async function sceneFor({ prepare }: Change): Promise<Scene> {
  const { server } = await manor.house();
  const scene: Scene = {
    server,
    channel: await manor.channel(server.id, 'den'),
    role: await manor.role(server.id, 'key', '0'),
  };
  await prepare?.(scene);
  return scene;
}

const sees = async ({ channel }: Scene, person: Person): Promise<boolean> =>
  (await person.rest.get(`/api/v1/channels/${channel.id}`)).status === 200;
const about = (journal: Journal, { channel }: Scene, from: number) =>
  journal.entries.slice(from).filter(({ d }) => JSON.stringify(d).includes(channel.id));
/** Something everybody of the server hears, after what mattered. */
async function mark(journal: Journal, { server }: Scene): Promise<void> {
  await manor.do(cy, 'PATCH', `/servers/${server.id}/members/${cy.id}`, { nickname: `mark ${journal.entries.length}` });
  const position = manor.instance.running.chat.world.tail;
  await expect.poll(() => journal.cursor ?? 0).toBeGreaterThanOrEqual(position - 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
}

describe('[PERM12] [DLV6] [E3] losing sight of a channel', () => {
  test.each(LOSING)('$what', async (change) => {
    const scene = await sceneFor(change);
    expect(await sees(scene, bo), 'the premise').toBe(true);
    const journal = new Journal(manor.instance.url, bo.token);
    const listening = await journal.connect('gateway');
    const from = journal.entries.length;
    await change.change(scene);
    expect(await sees(scene, bo), 'the premise').toBe(false);
    await expect
      .poll(() => journal.of<{ id: string }>('CHANNEL_DELETE').map(({ d }) => d.id))
      .toContain(scene.channel.id);
    const gone = journal.of<{ id: string }>('CHANNEL_DELETE').find(({ d }) => d.id === scene.channel.id);
    const after = journal.entries.length;
    await send(ada, scene.channel.id, 'unheard');
    await patch(scene, { topic: 'unseen' });
    if (!change.what.startsWith('being removed') && !change.what.startsWith('being banned')) await mark(journal, scene);
    expect(about(journal, scene, after), 'nothing of it comes after').toEqual([]);
    expect(journal.cursor ?? 0).toBeGreaterThanOrEqual(gone?.s ?? 0);
    expect(from).toBeLessThan(after);
    await listening.drop();
  });

  test.each(LOSING)('$what, while away: a reset, whose snapshot lacks it', async (change) => {
    const scene = await sceneFor(change);
    const journal = new Journal(manor.instance.url, bo.token);
    await journal.connect('gateway');
    await journal.drop();
    const from = journal.entries.length;
    await send(ada, scene.channel.id, 'said while they still could');
    await change.change(scene);
    await send(ada, scene.channel.id, 'unheard');
    await journal.connect('gateway');
    expect(journal.resets.length, 'a catch-up would not be exact').toBe(1);
    expect(about(journal, scene, from)).toEqual([]);
    expect(JSON.stringify(journal.snapshots.at(-1)?.d.servers.map(({ channels }) => channels))).not.toContain(
      scene.channel.id,
    );
    await journal.drop();
  });
});

describe('[PERM12] [DLV6] [E3] gaining sight of a channel', () => {
  test.each(GAINING)('$what', async (change) => {
    const scene = await sceneFor(change);
    expect(await sees(scene, bo), 'the premise').toBe(false);
    const journal = new Journal(manor.instance.url, bo.token);
    await journal.connect('gateway');
    const from = journal.entries.length;
    await send(ada, scene.channel.id, 'before');
    await change.change(scene);
    await expect
      .poll(() => journal.of<{ id: string }>('CHANNEL_CREATE').map(({ d }) => d.id))
      .toContain(scene.channel.id);
    const message = await send(ada, scene.channel.id, 'welcome').catch(() => null);
    if (message !== null)
      await expect.poll(() => journal.of<{ id: string }>('MESSAGE_CREATE').map(({ d }) => d.id)).toContain(message.id);
    const heard = about(journal, scene, from).map(({ type }) => type);
    const words = journal.of<{ content: string }>('MESSAGE_CREATE').map(({ d }) => d.content);
    expect(words).not.toContain('before');
    expect(heard[0], 'nothing of a channel comes before the channel').toBe('CHANNEL_CREATE');
    expect(heard.indexOf('CHANNEL_CREATE')).toBeLessThan(
      heard.includes('MESSAGE_CREATE') ? heard.indexOf('MESSAGE_CREATE') : heard.length,
    );
    await journal.drop();
  });
});
