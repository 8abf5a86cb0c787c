/** Who may do what: operations on channels. */
import type { Category } from '@snug/protocol';
import { ok } from '../../src/index.ts';
import { type Expectations, inServer, type Params } from './answers.ts';
import { freshCategory, freshChannel, freshRole, hidden, missing, theChannel, theServer, unseen } from './asking.ts';
import { fresh } from './auth-expectations.ts';
import type { Stage } from './stage.ts';

const lost = 'UNKNOWN_CATEGORY';

async function freshOverride(stage: Stage): Promise<Params> {
  const [{ channel_id }, { role_id: target_id }] = [await freshChannel(stage), await freshRole(stage)];
  const path = `/api/v1/channels/${channel_id}/permissions/${target_id}`;
  await ok(stage.players.owner.rest.put(path, { target_type: 'role', deny: '2' }), 'override');
  return { channel_id, target_id };
}

/** At least one, however few the others made. */
async function categoriesOf(stage: Stage): Promise<string[]> {
  await freshCategory(stage);
  const path = `/api/v1/servers/${stage.server.id}/categories`;
  const { items } = await ok(stage.players.owner.rest.get<{ items: Category[] }>(path), 'categories');
  return items.map(({ id }) => id);
}

export const CHANNEL_EXPECTATIONS: Expectations = {
  'channel.list': [{ ask: theServer, answers: inServer(hidden, 200, 200, 200) }],
  'channel.create': [
    {
      ask: (stage) => ({ ...theServer(stage), name: fresh('room') }),
      answers: inServer(hidden, missing, missing, 201),
    },
  ],
  'channel.get': [{ ask: theChannel, answers: inServer(unseen, 200, 200, 200) }],
  'channel.update': [
    {
      ask: (stage) => ({ ...theChannel(stage), topic: fresh('topic') }),
      answers: inServer(unseen, missing, missing, 200),
    },
  ],
  'channel.reorder': [
    {
      ask: (stage) => ({ ...theServer(stage), channels: [{ channel_id: stage.channel.id, position: 0 }] }),
      answers: inServer(hidden, missing, missing, 200),
    },
    {
      what: 'a channel of another server',
      ask: (stage) => ({ ...theServer(stage), channels: [{ channel_id: stage.otherChannel.id, position: 0 }] }),
      answers: inServer(hidden, missing, missing, unseen),
    },
  ],
  'override.set': [
    {
      what: 'of a role',
      ask: async (stage) => ({
        ...theChannel(stage),
        target_id: (await freshRole(stage)).role_id,
        target_type: 'role',
        deny: '2',
      }),
      answers: inServer(unseen, missing, missing, 200),
    },
    {
      what: 'of a role of another server',
      ask: (stage) => ({ ...theChannel(stage), target_id: stage.otherServer.id, target_type: 'role', deny: '2' }),
      answers: inServer(unseen, missing, missing, 'UNKNOWN_ROLE'),
    },
    {
      what: 'of a stranger',
      ask: (stage) => ({
        ...theChannel(stage),
        target_id: stage.players.elsewhere.id,
        target_type: 'member',
        deny: '2',
      }),
      answers: inServer(unseen, missing, missing, 'UNKNOWN_MEMBER'),
    },
  ],
  'override.delete': [
    {
      what: 'that is not there',
      ask: (stage) => ({ ...theChannel(stage), target_id: stage.players.author.id }),
      answers: inServer(unseen, missing, missing, 'UNKNOWN_OVERRIDE'),
    },
    { what: 'that is there', ask: freshOverride, answers: inServer(unseen, missing, missing, 204) },
  ],
  'category.list': [{ ask: theServer, answers: inServer(hidden, 200, 200, 200) }],
  'category.create': [
    {
      ask: (stage) => ({ ...theServer(stage), name: fresh('category') }),
      answers: inServer(hidden, missing, missing, 201),
    },
  ],
  'category.update': [
    {
      ask: async (stage) => ({ ...(await freshCategory(stage)), name: fresh('renamed') }),
      answers: inServer(lost, missing, missing, 200),
    },
  ],
  'category.reorder': [
    {
      ask: async (stage) => ({ ...theServer(stage), category_ids: await categoriesOf(stage) }),
      answers: inServer(hidden, missing, missing, 200),
    },
  ],
  'category.delete': [{ ask: freshCategory, answers: inServer(lost, missing, missing, 204) }],
  'category.set_override': [
    {
      ask: async (stage) => ({
        ...(await freshCategory(stage)),
        target_id: (await freshRole(stage)).role_id,
        target_type: 'role',
        deny: '2',
      }),
      answers: inServer(lost, missing, missing, 200),
    },
  ],
  'category.delete_override': [
    {
      what: 'that is not there',
      ask: async (stage) => ({ ...(await freshCategory(stage)), target_id: stage.server.id }),
      answers: inServer(lost, missing, missing, 'UNKNOWN_OVERRIDE'),
    },
  ],
  'channel.delete': [{ ask: freshChannel, answers: inServer(unseen, missing, missing, 204) }],
};
