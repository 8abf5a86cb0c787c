import { EMPTY_STATE, type State } from '@snug/client';
import { ALL_PERMISSIONS, DEFAULT_PERMISSIONS, formatPermissions, type Role } from '@snug/protocol';
import { describe, expect, test } from 'vitest';
import { suggestChannels, suggestMentions } from '../src/features/messages/find-suggestions.ts';
import { triggerAt } from '../src/features/messages/suggestion-trigger.ts';
import { previewChannel, previewId, previewMember, previewServer, previewUser } from '../src/preview/people.ts';

describe('what is being named', () => {
  test.each([
    ['@', { sign: '@', query: '', from: 0, to: 1 }],
    ['hello @bo', { sign: '@', query: 'bo', from: 6, to: 9 }],
    ['(#gen', { sign: '#', query: 'gen', from: 1, to: 5 }],
    ['**@bo', { sign: '@', query: 'bo', from: 2, to: 5 }],
    [':ta', { sign: ':', query: 'ta', from: 0, to: 3 }],
    ['one\n@zoë', { sign: '@', query: 'zoë', from: 4, to: 8 }],
  ])('%j names something', (text, expected) => {
    expect(triggerAt(text, text.length)).toEqual(expected);
  });

  test.each(['', 'hello', 'me@example', 'a :t', 'at 7:30', '@bo ', 'C#', 'x:tada'])('%j does not', (text) => {
    expect(triggerAt(text, text.length)).toBeNull();
  });

  test('only what stands before the caret counts', () => {
    expect(triggerAt('@bob and @ada', 3)).toEqual({ sign: '@', query: 'bo', from: 0, to: 3 });
    expect(triggerAt('@bob and @ada', 6)).toBeNull();
  });

  test('a long text is not read from its start', () => {
    expect(triggerAt(`@${'x'.repeat(200)}`, 201)).toBeNull();
  });
});

const ada = previewUser('Ada');
const bob = previewUser('Bob', { display_name: 'Bertil Bo' });
const cleo = previewUser('Cleo');
const table = previewServer('The table', ada);
const general = previewChannel('general', { server_id: table.id });
const twin = previewChannel('general', { id: previewId('c-twin'), server_id: table.id, position: 1 });

function role(name: string, more: Partial<Role>): Role {
  const permissions = formatPermissions(more.is_default ? DEFAULT_PERMISSIONS : 0n);
  return { ...{ id: name, server_id: table.id, name, color: 0, position: 1, permissions }, ...more } as Role;
}

/** As the owner of the server sees it, or as somebody who may not call everybody. */
function stateOf(me: typeof ada): State {
  return {
    ...EMPTY_STATE,
    ready: true,
    me,
    users: new Map([ada, bob, cleo].map((user) => [user.id, user])),
    servers: new Map([[table.id, table]]),
    roles: new Map([
      [
        table.id,
        [
          role('board gamers', { is_mentionable: true }),
          role('bouncers', { is_mentionable: false, permissions: formatPermissions(ALL_PERMISSIONS) }),
          role('@everyone', { id: table.id, is_default: true, position: 0 }),
        ],
      ],
    ]),
    members: new Map([[table.id, new Map([ada, bob, cleo].map((user) => [user.id, previewMember(user, table)]))]]),
    channels: new Map([general, twin].map((channel) => [channel.id, channel])),
  };
}

const inserts = (list: readonly { insert: string }[]): string[] => list.map(({ insert }) => insert);

describe('what is offered', () => {
  test('people by any word of a name, the beginning first; roles by id, for theirs may hold spaces', () => {
    const found = suggestMentions(stateOf(ada), general, 'bo', []);
    expect(inserts(found)).toEqual([`@${bob.username}`, '<@&board gamers>', '<@&bouncers>']);
  });

  test('who may not call everybody is not offered it, nor roles that are not to be called', () => {
    expect(inserts(suggestMentions(stateOf(ada), general, 'ever', []))).toEqual(['@everyone']);
    expect(inserts(suggestMentions(stateOf(cleo), general, 'ever', []))).toEqual([]);
    expect(inserts(suggestMentions(stateOf(cleo), general, 'bou', []))).toEqual([]);
  });

  test('oneself is not offered, and members that only the server knows are', () => {
    const dora = { ...previewMember(previewUser('Dora'), table), user: previewUser('Dora') };
    expect(inserts(suggestMentions(stateOf(ada), general, 'ad', []))).toEqual([]);
    expect(inserts(suggestMentions(stateOf(ada), general, 'do', [dora]))).toEqual([`@${dora.user.username}`]);
  });

  test('of two channels of one name the second goes by its id', () => {
    expect(inserts(suggestChannels(stateOf(ada), general, 'gen'))).toEqual(['#general', `<#${twin.id}>`]);
  });
});
