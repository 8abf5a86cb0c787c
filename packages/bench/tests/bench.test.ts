import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../src/parse-arguments.ts';
import { canPin } from '../src/process/cpu-pin.ts';
import { ROWS } from '../src/rows/table.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');

/** `npm run bench -- ARGUMENTS` as a process of its own: it pins itself to a core. */
async function bench(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    text.out += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    text.err += chunk.toString('utf8');
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...text };
}

describe('arguments', () => {
  test('name rows; every row by default, in the order of the table', () => {
    expect(parseArguments([], ROWS).rows).toEqual(ROWS);
    const [first, second] = ROWS.map(({ name }) => name) as [string, string];
    expect(parseArguments([second, first], ROWS).rows.map(({ name }) => name)).toEqual([first, second]);
  });

  test('rows have names of their own', () => {
    expect(new Set(ROWS.map(({ name }) => name)).size).toBe(21);
  });

  test.each([
    [['nothing-like-it'], 'no such row: nothing-like-it'],
    [['--rounds', '0'], '--rounds takes a whole number above 0'],
    [['--divisor', 'two'], '--divisor takes a whole number above 0'],
    [['--fast'], '--fast'],
  ])('%j is a usage error', async (args, message) => {
    const { code, out, err } = await bench(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});

describe.runIf(canPin)('a row', () => {
  test('runs end to end, and prints what it found', { timeout: 120_000 }, async () => {
    // Small, but not so small that the kernel's clock of CPU time, which ticks every 10 ms, says nothing.
    const args = ['durable-appends', 'gateway-send-cpu', '--json', '--divisor', '16', '--rounds', '1'];
    const { code, out, err } = await bench(...args);
    expect(err).not.toContain('Error');
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ name }) => name)).toEqual(['durable-appends', 'gateway-send-cpu']);
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(['name', 'value', 'unit', 'reference', 'ratio', 'bar', 'ok']);
      expect(line.value).toBeGreaterThan(0);
    }
  });
});
