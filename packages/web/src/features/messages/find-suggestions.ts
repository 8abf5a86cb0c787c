import { type State, select } from '@snug/client';
import { type Channel, type Id, type MemberWithUser, USERNAME_PATTERN } from '@snug/protocol';
import { t } from '../../strings/t.ts';
import { channelNamed } from './names-in.ts';

/** One way to finish what is being named. */
export interface Suggestion {
  readonly key: string;
  readonly label: string;
  readonly note: string;
  /** Whose face stands beside it. */
  readonly userId?: Id;
  readonly emoji?: string;
  /** What takes the place of what was typed. */
  readonly insert: string;
}

const MOST = 8;

/** People, roles and everybody, for what follows an at sign. `found`: members that the server named for it. */
export function suggestMentions(
  state: State,
  channel: Channel,
  query: string,
  found: readonly MemberWithUser[],
): Suggestion[] {
  const people = suggestPeople(state, channel, query, found);
  return [...people, ...suggestRoles(state, channel, query), ...suggestAll(state, channel, query)].slice(0, MOST);
}

function suggestPeople(state: State, channel: Channel, query: string, found: readonly MemberWithUser[]): Suggestion[] {
  const { server_id: serverId = null, recipient_ids: recipients = [] } = channel;
  const known = serverId === null ? recipients : [...(state.members.get(serverId)?.keys() ?? [])];
  const named = new Map(found.map((member) => [member.user_id, member]));
  const all = [...new Set([...known, ...named.keys()])].filter((id) => id !== state.me?.id);
  return all
    .flatMap((id): { suggestion: Suggestion; rank: number }[] => {
      const user = state.users.get(id) ?? named.get(id)?.user;
      if (user === undefined || user.username === '') return [];
      const nickname = named.get(id)?.nickname;
      const name = state.users.has(id) ? select.memberName(state, serverId, id) : nickname || user.display_name;
      const rank = Math.min(rankOf(user.username, query), rankOf(name, query));
      if (rank > 1) return [];
      const note = t('mention.user', user.username);
      return [{ rank, suggestion: { key: id, label: name, note, userId: id, insert: `@${user.username}` } }];
    })
    .sort((a, b) => a.rank - b.rank || a.suggestion.label.localeCompare(b.suggestion.label))
    .map(({ suggestion }) => suggestion);
}

function suggestRoles(state: State, { id, server_id: serverId }: Channel, query: string): Suggestion[] {
  if (serverId === undefined) return [];
  const mayAll = select.canMentionEveryone(state, id);
  return (
    (state.roles.get(serverId) ?? [])
      .filter((role) => !role.is_default && (role.is_mentionable || mayAll) && rankOf(role.name, query) <= 1)
      // By id: a role may be called like somebody, and its name may hold spaces.
      .map((role) => ({ key: role.id, label: role.name, note: t('suggest.role'), insert: `<@&${role.id}>` }))
  );
}

function suggestAll(state: State, { id }: Channel, query: string): Suggestion[] {
  if (!select.canMentionEveryone(state, id)) return [];
  return (['everyone', 'here'] as const)
    .filter((name) => name.startsWith(query.toLowerCase()))
    .map((name) => ({ key: name, label: `@${name}`, note: t(`suggest.${name}`), insert: `@${name}` }));
}

/** Channels of the same server, for what follows a number sign. */
export function suggestChannels(state: State, { server_id: serverId }: Channel, query: string): Suggestion[] {
  if (serverId === undefined) return [];
  return select
    .serverChannels(state, serverId)
    .filter(({ name }) => rankOf(name, query) <= 1)
    .sort((a, b) => rankOf(a.name, query) - rankOf(b.name, query))
    .slice(0, MOST)
    .map(({ id, name, topic }) => {
      const isPlain = USERNAME_PATTERN.test(name) && channelNamed(state, serverId, name)?.id === id;
      return { key: id, label: t('channel.name', name), note: topic, insert: isPlain ? `#${name}` : `<#${id}>` };
    });
}

/** 0: begins so; 1: a later word does; 2: neither. */
function rankOf(name: string, query: string): number {
  const [whole, asked] = [name.toLocaleLowerCase(), query.toLocaleLowerCase()];
  if (whole.startsWith(asked)) return 0;
  return whole.split(/[\s._-]+/).some((word) => word.startsWith(asked)) ? 1 : 2;
}
