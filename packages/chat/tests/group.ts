/** Groups over REST, for their tests. */
import type { Channel, GroupRole, Recipient } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { expect } from 'vitest';
import { API, outcome } from './parlour.ts';

export const path = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}`;
export const inGroup = (group: Pick<Channel, 'id'>, { id }: Person): string => `${path(group)}/recipients/${id}`;
export const banned = (group: Pick<Channel, 'id'>, { id }: Person): string => `${path(group)}/bans/${id}`;

export async function group(owner: Person, others: Person[], more: Record<string, unknown> = {}): Promise<Channel> {
  const asked = { name: 'trip', recipient_ids: others.map(({ id }) => id), ...more };
  const answer = await owner.rest.post<Channel>(`${API}/users/@me/groups`, asked);
  expect(outcome(answer)).toBe('201');
  return answer.body;
}

export const give = (who: Person, channel: Channel, to: Person, role: GroupRole) =>
  who.rest.patch<Recipient>(inGroup(channel, to), { role });

export const rolesIn = async (who: Person, channel: Channel): Promise<Record<string, string>> => {
  const { body } = await who.rest.get<Channel>(path(channel));
  return Object.fromEntries((body.recipients ?? []).map(({ user_id, role }) => [user_id, role]));
};
