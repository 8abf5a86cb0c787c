import { describe, expect, test } from 'vitest';
import { interleave } from '../src/stats/interleave.ts';
import { median, percentile } from '../src/stats/percentile.ts';

describe('percentiles', () => {
  test('are values that were measured, by nearest rank, whatever the order', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.95)).toBe(95);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile(hundred, 0)).toBe(1);
  });

  test('order numbers as numbers', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  test('leave the sample as it is, and refuse an empty one', () => {
    const sample = [3, 1, 2];
    expect(median(sample)).toBe(2);
    expect(sample).toEqual([3, 1, 2]);
    expect(() => median([])).toThrow('nothing');
  });
});

describe('rounds', () => {
  test('take turns, and the first of each does not count', async () => {
    const order: string[] = [];
    const answers = { reference: [1000, 3, 1, 2], ours: [5000, 30, 10, 20] };
    const round = (who: 'reference' | 'ours') => async () => {
      order.push(who);
      return answers[who].shift() as number;
    };
    const compared = await interleave(3, round('reference'), round('ours'));
    expect(order.join()).toBe(Array(4).fill('reference,ours').join());
    expect(compared).toEqual({ reference: 2, ours: 20, referenceRounds: [3, 1, 2], ourRounds: [30, 10, 20] });
  });
});
