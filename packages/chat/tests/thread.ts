/** Threads over REST, for their tests. */
import type { Channel } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { expect } from 'vitest';
import { API, outcome } from './parlour.ts';

export const threadsOf = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}/threads`;
export const channelPath = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}`;
export const followPath = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}/followers/@me`;

export async function started(who: Person, channel: Pick<Channel, 'id'>, more: Record<string, unknown> = {}) {
  const answer = await who.rest.post<Channel>(threadsOf(channel), { name: 'aside', ...more });
  expect(outcome(answer)).toBe('201');
  return answer.body;
}

export const got = async (who: Person, channel: Pick<Channel, 'id'>): Promise<Channel> =>
  (await who.rest.get<Channel>(channelPath(channel))).body;

export const listed = async (who: Person, channel: Pick<Channel, 'id'>, query = ''): Promise<string[]> =>
  (await who.rest.get<{ items: Channel[] }>(`${threadsOf(channel)}${query}`)).body.items.map(({ id }) => id);
