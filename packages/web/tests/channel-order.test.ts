import type { Category, Channel } from '@snug/protocol';
import { describe, expect, test } from 'vitest';
import { type ChannelGroup, moveCategory, moveChannel } from '../src/features/channels/order.ts';

const channel = (id: string, position: number, category: string | null = null) =>
  ({ id, position, category_id: category }) as unknown as Channel;
const category = (id: string, position: number) => ({ id, position }) as unknown as Category;

const layout: readonly ChannelGroup[] = [
  { category: null, channels: [channel('a', 0), channel('b', 1)] },
  { category: category('K', 0), channels: [channel('c', 0, 'K')] },
  { category: category('P', 1), channels: [] },
];

describe('a channel moved a step', () => {
  test('changes places with its neighbour', () => {
    expect(moveChannel(layout, 'b', -1)).toEqual([
      { channel_id: 'b', position: 0, category_id: null },
      { channel_id: 'a', position: 1, category_id: null },
    ]);
  });

  test('leaves the end of its group for the start of the next one, and the other way', () => {
    expect(moveChannel(layout, 'b', 1)).toEqual([
      { channel_id: 'b', position: 0, category_id: 'K' },
      { channel_id: 'c', position: 1, category_id: 'K' },
    ]);
    expect(moveChannel(layout, 'c', -1)).toEqual([{ channel_id: 'c', position: 2, category_id: null }]);
  });

  test('enters an empty category, and stops at the ends of the list', () => {
    expect(moveChannel(layout, 'c', 1)).toEqual([{ channel_id: 'c', position: 0, category_id: 'P' }]);
    expect(moveChannel(layout, 'a', -1)).toBeNull();
    expect(moveChannel(layout, 'nowhere', 1)).toBeNull();
  });

  test('leaves its category upwards where nothing stands above', () => {
    const grouped = layout.slice(1);
    expect(moveChannel(grouped, 'c', -1)).toEqual([{ channel_id: 'c', position: 0, category_id: null }]);
  });

  test('numbers those anew whose positions were equal', () => {
    const equal = [{ category: null, channels: [channel('a', 0), channel('b', 0), channel('c', 0)] }];
    expect(moveChannel(equal, 'c', -1)).toEqual([
      { channel_id: 'c', position: 1, category_id: null },
      { channel_id: 'b', position: 2, category_id: null },
    ]);
  });
});

test('a category changes places with its neighbour, and stops at the ends', () => {
  const categories = [category('K', 0), category('P', 1)];
  expect(moveCategory(categories, 'P', -1)).toEqual(['P', 'K']);
  expect(moveCategory(categories, 'P', 1)).toBeNull();
  expect(moveCategory(categories, 'nowhere', 1)).toBeNull();
});
