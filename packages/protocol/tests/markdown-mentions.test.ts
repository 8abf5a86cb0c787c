import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../src/limits.ts';
import { collectMentions } from '../src/markdown/collect-mentions.ts';
import { findEmoji } from '../src/markdown/emoji-names.ts';
import { parseMarkdown } from '../src/markdown/parse.ts';
import type { Block, Inline, Mention } from '../src/markdown/tree.ts';

const USER = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const ROLE = '01BX5ZZKBKACTAV9WEVGEMMVRZ';

/** Every mention of a tree, as often as it is there. */
function mentionsOf(list: readonly (Block | Inline)[]): Mention[] {
  return list.flatMap((node) => {
    if (node.type === 'mention') return [node];
    return 'children' in node ? mentionsOf(node.children) : [];
  });
}

const written = (source: string) => mentionsOf(parseMarkdown(source)).map(({ text }) => text);

describe('mentions in a text', () => {
  it('[MD10] name a user, a role or a channel by id', () => {
    expect(mentionsOf(parseMarkdown(`<@${USER}> **<@&${ROLE}>** ||<#${USER}>||`))).toEqual([
      { type: 'mention', to: 'user', id: USER, text: `<@${USER}>` },
      { type: 'mention', to: 'role', id: ROLE, text: `<@&${ROLE}>` },
      { type: 'mention', to: 'channel', id: USER, text: `<#${USER}>` },
    ]);
    const not = [
      `<@${USER.toLowerCase()}>`,
      `<@${USER}`,
      `<@${USER}0>`,
      `< @${USER}>`,
      '<@>',
      '<@&>',
      `<@8${USER.slice(1)}>`,
    ];
    for (const source of not)
      expect(
        mentionsOf(parseMarkdown(source)).filter(({ id }) => id),
        source,
      ).toEqual([]);
  });

  it('[MD11] name somebody as a username is written, without what ends the sentence', () => {
    expect(mentionsOf(parseMarkdown('@everyone: ask @bob.smith-2... in #the-table! @here, @Zoë_'))).toEqual([
      { type: 'mention', to: 'everyone', text: '@everyone' },
      { type: 'mention', to: 'name', name: 'bob.smith-2', text: '@bob.smith-2' },
      { type: 'mention', to: 'channel', name: 'the-table', text: '#the-table' },
      { type: 'mention', to: 'here', text: '@here' },
      { type: 'mention', to: 'name', name: 'Zoë_', text: '@Zoë_' },
    ]);
    expect(written("@bob's (@ada) @bob,@ada @everyone-else @Everyone")).toEqual([
      ...['@bob', '@ada', '@bob', '@ada', '@everyone-else', '@Everyone'],
    ]);
  });

  it('[MD11] leave an underscore to the mark that it closes, and to the name where none is open', () => {
    expect(written('_@bob_ @bob_')).toEqual(['@bob', '@bob_']);
    expect(written('__@bob__')).toEqual(['@bob']);
    expect(written('__@bob_ and__')).toEqual(['@bob_']);
    expect(written('_thanks @alice__')).toEqual(['@alice_']);
    expect(written('_ask @bob._')).toEqual(['@bob']);
    expect(written('_ask @bob_.')).toEqual(['@bob']);
    expect(written('**@bob** *@ada*')).toEqual(['@bob', '@ada']);
  });

  it.each([
    ...[
      'a@b.c',
      'ada@example.org',
      'john_@example.org',
      'x+@example.org',
      '𝒜@b.c',
      '@@bob',
      '@ bob',
      '@',
      '@_bob',
      '@.',
    ],
    ...[
      '@bob@example.org',
      '/@bob',
      '&#39',
      'C#sharp',
      '##two',
      '\\@bob',
      '`@bob`',
      '```@bob```',
      '> `#x`',
      '#',
      '# title',
    ],
    ...[`@${'a'.repeat(101)}`, `#${'é'.repeat(101)}`, 'https://example.org/@bob#top'],
  ])('[MD11] are not in %j', (source) => {
    expect(written(source)).toEqual([]);
  });

  it('[MD11] may be as long as a role may be called', () => {
    const name = 'a'.repeat(100);
    expect(written(`@${name}.`)).toEqual([`@${name}`]);
  });
});

describe('the mentions of a message', () => {
  it('[MD13] are each target once, names without case, wherever they stand', () => {
    const text = `@Bob <@${USER}> > @no\n> @ada _@bob_ <@${USER}> <@&${USER}> #general <#${ROLE}> @here @here \`@x\``;
    expect(collectMentions(text).map(({ to, id, name }) => [to, id ?? name])).toEqual([
      ['name', 'Bob'],
      ['user', USER],
      ['name', 'no'],
      ['name', 'ada'],
      ['role', USER],
      ['channel', ROLE],
      ['here', undefined],
    ]);
  });

  it('[MD13] are at most MENTIONS_PER_MESSAGE, the first ones', () => {
    const many = Array.from({ length: LIMITS.MENTIONS_PER_MESSAGE * 3 }, (_, at) => `@user${at}`);
    expect(collectMentions(many.join(' ')).map(({ text }) => text)).toEqual(many.slice(0, LIMITS.MENTIONS_PER_MESSAGE));
    const again = Array.from({ length: 1_000 }, () => '@a').join(' ');
    expect(collectMentions(`${again} @last`)).toHaveLength(2);
  });

  it('[MD13] are those of the tree', () => {
    const piece = fc.constantFrom(
      ...[
        '@a',
        '@bob',
        '@b_',
        '#x',
        `<@${USER}>`,
        `<#${ROLE}>`,
        '@here',
        '`',
        '```',
        '> ',
        '\n',
        '_',
        '__',
        '**',
        '||',
      ],
      ...[' ', 'a', '.', '\\', ':tada:', '@', '<', 'https://a.b/', '@a@b'],
    );
    const key = (one: Mention) => `${one.to}:${one.id ?? one.name}`;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join('');
        const inTree = mentionsOf(parseMarkdown(source, findEmoji)).filter(
          (one) => one.to !== 'channel' || one.id !== undefined,
        );
        expect(collectMentions(source).map(key)).toEqual([...new Set(inTree.map(key))]);
      }),
      { numRuns: 2_000 },
    );
  });
});
