/** Counts of the importer against a count that knows nothing of it: one regular expression a question, line by line. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { annotationPath } from '../src/import/irc/annotation.ts';
import { planImport } from '../src/import/irc/plan.ts';
import { readLogs } from '../src/import/irc/read-logs.ts';
import { MAY_SKIP_REAL_LOGS, realLogs } from './real-logs.ts';

const linesOf = (path: string): string[] => readFileSync(path, 'latin1').replace(/\n$/, '').split('\n');
const grep = (lines: string[], pattern: RegExp): number => lines.filter((line) => pattern.test(line)).length;

test('[IRC6] there are ten logs to count', { skip: MAY_SKIP_REAL_LOGS }, () => {
  expect(realLogs()).toHaveLength(10);
});

test('[IRC6] every count equals a line-by-line count of the files', { skip: MAY_SKIP_REAL_LOGS }, () => {
  const { counts, channels, unreadable } = planImport(readLogs(realLogs()), null);
  const lines = realLogs().flatMap(linesOf);
  const expected = {
    lines: lines.length,
    messages: grep(lines, /^\[\d\d:\d\d\] </),
    actions: grep(lines, /^\[\d\d:\d\d\] {2}\* /),
    system: grep(lines, /^===/),
    joins: grep(lines, /^===.*has joined #/),
    leaves: grep(lines, /^===.*has left #/),
    renames: grep(lines, /^=== \S+ is now known as/),
    notices: grep(lines, /^=== (mode\/|\.\.\[topic)/),
  };
  expect(counts).toMatchObject({ files: realLogs().length, ...expected, unreadable: 0 });
  const narrations = expected.system - expected.joins - expected.leaves - expected.renames - expected.notices;
  expect(counts.narrations).toBe(narrations);
  expect(unreadable).toEqual([]);
  expect(channels.map(({ name, messages }) => [name, messages.length])).toEqual([
    ['ubuntu', expected.messages + expected.actions + expected.joins + expected.leaves + narrations],
  ]);
});

test('[IRC4] every annotated answer to something said becomes a reply', { skip: MAY_SKIP_REAL_LOGS }, () => {
  const answering = realLogs().flatMap((path) => {
    const log = linesOf(path);
    const isSaid = (line: number): boolean => !/^===.*(?:has (?:joined|left) #|is now known as)/.test(log[line] ?? '');
    const links = linesOf(annotationPath(path)).map((line) => line.split(' ').map(Number) as [number, number]);
    const answers = links.filter(([earlier, later]) => earlier < later && isSaid(earlier) && isSaid(later));
    return [...new Set(answers.map(([, later]) => `${path}:${later}`))];
  });
  expect(answering.length, 'the premise').toBeGreaterThan(1000);
  expect(planImport(readLogs(realLogs()), null).counts.replies).toBe(answering.length);
});

test('[IRC6] authors are the different nicks, and those who spoke a part of them', { skip: MAY_SKIP_REAL_LOGS }, () => {
  const { counts, channels } = planImport(readLogs(realLogs()), null);
  const lines = realLogs().flatMap(linesOf);
  const spoke = new Set(
    lines.flatMap((line) => {
      const match = /^\[\d\d:\d\d\] (?:<([^>]+)>| \* (\S+))/.exec(line);
      return match === null ? [] : [(match[1] ?? match[2] ?? '').trim()];
    }),
  );
  const narrated = (channels[0]?.messages ?? []).filter(
    ({ type }) => type !== 'system_join' && type !== 'system_leave',
  );
  expect(new Set([...spoke, ...narrated.map(({ nick }) => nick)]).size).toBe(counts.speakers);
  const moved = lines.flatMap((line) => /^=== (\S+) +\[.*has (?:joined|left) #/.exec(line)?.[1] ?? []);
  expect(new Set([...spoke, ...narrated.map(({ nick }) => nick), ...moved]).size).toBe(counts.authors);
});
