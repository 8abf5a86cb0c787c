import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { startProgress } from '../src/progress.ts';
import { inFlight } from '../src/seed/in-flight.ts';
import { seededRandom } from '../src/seed/random.ts';
import type { Terminal } from '../src/terminal.ts';

function terminalWith(isTTY: boolean): { terminal: Terminal; written: () => string } {
  const chunks: string[] = [];
  const stderr = Object.assign(new PassThrough(), { isTTY });
  stderr.write = (chunk: string) => chunks.push(chunk) > 0;
  const terminal: Terminal = {
    out: () => {},
    err: () => {},
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr,
    env: {},
    folder: '.',
  };
  return { terminal, written: () => chunks.join('') };
}

test('[CLI8] a bar where a person watches: drawn now and then, whole at the end', () => {
  const { terminal, written } = terminalWith(true);
  let now = 0;
  const bar = startProgress(terminal, 'Messages', 200, () => now);
  bar.update(1);
  bar.update(2);
  now = 1000;
  bar.update(100);
  bar.end();
  const drawn = written().split('\r').filter(Boolean);
  expect(drawn).toHaveLength(3);
  expect(drawn[1]).toContain('50% 100/200 100/s');
  expect(drawn[2]).toContain('100% 200/200');
  expect(drawn[2]).toMatch(/\n$/);
});

test('[CLI8] silence where nobody watches, and for nothing to do', () => {
  const script = terminalWith(false);
  const bar = startProgress(script.terminal, 'Messages', 10);
  bar.update(5);
  bar.end();
  expect(script.written()).toBe('');
  const idle = terminalWith(true);
  startProgress(idle.terminal, 'Messages', 0).end();
  expect(idle.written()).toBe('');
});

test('[CLI9] work runs side by side, no wider than asked, all of it once', async () => {
  const seen: number[] = [];
  let running = 0;
  let widest = 0;
  const reported: number[] = [];
  const work = async (index: number): Promise<void> => {
    running += 1;
    widest = Math.max(widest, running);
    seen.push(index);
    await new Promise((resolve) => setTimeout(resolve, index % 3));
    running -= 1;
  };
  await inFlight(20, 4, work, (done) => reported.push(done));
  expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(widest).toBe(4);
  expect(reported).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test('[CLI9] a failure ends it and is told', async () => {
  const work = async (index: number): Promise<void> => {
    if (index === 2) throw new Error('two');
  };
  await expect(inFlight(5, 1, work)).rejects.toThrow('two');
});

test('[CLI9] the same seed gives the same numbers, spread over the range', () => {
  const numbers = (seed: number): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 1000 }, () => random.below(10));
  };
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
  for (let digit = 0; digit < 10; digit++) {
    expect(numbers(7).filter((number) => number === digit).length).toBeGreaterThan(60);
  }
});
