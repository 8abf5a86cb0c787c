/** Somebody with words everywhere, and what is asked of the data folder after their account has ended. */
import { join as path } from 'node:path';
import type { createAuth } from '@snug/auth';
import type { Channel, Message } from '@snug/protocol';
import { createServer, join, ok, type Person, send, type TestInstance } from '@snug/testkit';
import { expect } from 'vitest';
import { SqliteReader } from '../src/log/sqlite/reader.ts';
import { verifyLog } from '../src/projections/verify.ts';
import { loadWorld } from '../src/world/load.ts';
import { worldFacts } from './world-facts.ts';

export const API = '/api/v1';

/** The job is done: nothing of the account is pending any more. */
export async function finished({ running, logs }: TestInstance, userId: string): Promise<void> {
  for (const until = performance.now() + 10_000; performance.now() < until; ) {
    const { value } = await running.chat.log.read({
      left: {
        sql: `SELECT (SELECT count(*) FROM account_deletions WHERE user_id = ?1) + (SELECT count(*) FROM author_purges WHERE author_id = ?1) AS n`,
        params: [userId],
        map: ([row]) => row?.n as number,
      },
    });
    if (running.chat.world.users.get(userId)?.user.is_deleted === true && value.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(
    `the account did not end: ${JSON.stringify(logs.filter(({ err }) => err !== undefined).slice(0, 2))}`,
  );
}

/** The log explains every row, and what is loaded from it is what was folded. */
export async function isSound({ data, running }: TestInstance): Promise<void> {
  const { log, world } = running.chat;
  // The job's last event is on disk a moment before the world knows of it.
  await expect.poll(async () => (await log.read({})).position - world.tail).toBe(0);
  const file = path(data, 'chat.db');
  expect(verifyLog(file)).toMatchObject({ equal: true, gaps: 0 });
  const reader = new SqliteReader(file);
  expect(worldFacts(await loadWorld(reader))).toEqual(worldFacts(running.chat.world));
  reader.close();
}

export function authSettings({ settings }: TestInstance): Parameters<typeof createAuth>[0]['settings'] {
  const { data, issuer, access_token_ttl, refresh_token_ttl, registration, rate_limits, origins } = settings;
  return {
    data,
    issuer,
    access_token_ttl,
    refresh_token_ttl,
    registration,
    rate_limits,
    origins,
    algorithm: settings.signing,
  };
}

/** Everything somebody says of themselves and elsewhere, with a word in it that is found nowhere else. */
export async function lead(
  who: Person,
  other: Person,
  word: string,
): Promise<{ channel: Channel; dm: Channel; said: Message }> {
  const { server, channel } = await createServer(other, 'A place');
  await join(other, server.id, who);
  const { rest } = who;
  await ok(
    rest.patch(`${API}/users/@me`, {
      display_name: `${word} name`,
      bio: `${word} bio`,
      custom_status: `${word} status`,
    }),
  );
  await ok(rest.patch(`${API}/servers/${server.id}/members/${who.id}`, { nickname: `${word} nick` }));
  const said = await send(who, channel.id, `${word} said`);
  await ok(rest.patch(`${API}/channels/${channel.id}/messages/${said.id}`, { content: `${word} edited` }));
  const dm = await ok(rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: other.id }));
  await send(who, dm.id, `${word} in private`);
  const answer = await send(other, channel.id, 'an answer');
  await ok(rest.put(`${API}/channels/${channel.id}/messages/${answer.id}/reactions/%F0%9F%91%8D/@me`));
  const thread = await ok(
    rest.post<Channel>(`${API}/channels/${channel.id}/threads`, { name: `${word} thread`, message_id: said.id }),
  );
  await ok(rest.patch(`${API}/channels/${thread.id}`, { name: `${word} thread again` }));
  await ok(other.rest.patch(`${API}/channels/${thread.id}`, { is_archived: true }));
  // Waking it says its name once more.
  await send(other, thread.id, 'still there?');
  await ok(other.rest.patch(`${API}/servers/${server.id}/members/${who.id}`, { nickname: `${word} given` }));
  const group = await ok(
    rest.post<Channel>(`${API}/users/@me/groups`, { name: `${word} group`, recipient_ids: [other.id] }),
  );
  await send(who, group.id, `${word} in a group`);
  await ok(rest.post(`${API}/reports`, { user_id: other.id, reason: `${word} reason` }));
  await ok(other.rest.post(`${API}/reports`, { channel_id: channel.id, message_id: said.id, reason: 'kept-reason' }));
  await ok(rest.put(`${API}/users/@me/relationships/${other.id}`, { type: 'friend' }));
  await ok(rest.put(`${API}/users/@me/notifications/${server.id}`, { level: 'none' }));
  await ok(rest.patch(`${API}/users/@me/settings`, { is_findable: false }));
  return { channel, dm, said };
}

export const messagesIn = async (who: Person, channelId: string): Promise<string[]> =>
  (await ok(who.rest.get<{ items: Message[] }>(`${API}/channels/${channelId}/messages`))).items
    .filter(({ type }) => type === 'default')
    .map(({ content }) => content);
