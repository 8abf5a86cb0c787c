import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMarkdown, renderPlain } from '@snug/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionContent } from '../src/import/irc/action-content.ts';
import { annotationPath, parseAnnotation, replyLinks } from '../src/import/irc/annotation.ts';
import { dayOfFile, parseIrcLog } from '../src/import/irc/parse.ts';
import { parseLine } from '../src/import/irc/parse-line.ts';
import { planImport, UnusableLog } from '../src/import/irc/plan.ts';
import { readLogs } from '../src/import/irc/read-logs.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures/2007-02-28_small.raw.txt');
const log = () => parseIrcLog(readFileSync(FIXTURE), Date.parse('2007-02-28'));
const plan = () => planImport(readLogs([FIXTURE]), null);

describe('lines', () => {
  test.each([
    [
      '[12:18] <|trey|> usual, quite stable though  :)',
      { kind: 'message', nick: '|trey|', text: 'usual, quite stable though  :)' },
    ],
    ['[12:18:59] <a> <b> c', { kind: 'message', minute: 738, second: 59, nick: 'a', text: '<b> c' }],
    ['[12:15] <opteron>', { kind: 'message', nick: 'opteron', text: '' }],
    ['[07:09]  * homejoe waves', { kind: 'action', nick: 'homejoe', text: 'waves' }],
    ['[07:09]  * homejoe', { kind: 'action', nick: 'homejoe', text: '' }],
    ['=== [francof]  [~k@x.it]  has joined #ubuntu', { kind: 'join', nick: '[francof]', channel: '#ubuntu' }],
    ['=== CircleofChaos [~i@x.net]  has left #UBUNTU []', { kind: 'leave', nick: 'CircleofChaos', channel: '#ubuntu' }],
    ['=== bo [b@x] has quit [Ping timeout]', { kind: 'leave', nick: 'bo' }],
    ['=== usual is now known as ubuntor', { kind: 'rename', nick: 'usual', to: 'ubuntor' }],
    ['=== araw1- is away (BRB a sec...)', { kind: 'narration', nick: 'araw1-', text: 'is away (BRB a sec...)' }],
    ['=== ..[topic/#ubuntu:Seveas] : Official Help', { kind: 'notice', channel: '#ubuntu' }],
    ['=== mode/#ubuntu [-b *!*@x]  by Seveas', { kind: 'notice', channel: '#ubuntu' }],
    ['=== bo was kicked from #ubuntu by ada', { kind: 'notice' }],
    ['', { kind: 'unreadable' }],
    ['[24:00] <a> b', { kind: 'unreadable' }],
    ['[1:00] <a> b', { kind: 'unreadable' }],
    ['[12:00] <> b', { kind: 'unreadable' }],
    ['--- Log closed Mon Jan 01', { kind: 'unreadable' }],
  ])('[IRC1] %j', (line, expected) => {
    expect(parseLine(line)).toMatchObject(expected);
  });

  test('[IRC1] any bytes at all are read without an error, and every line is accounted for', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 60 }),
            fc.string().map((s) => Buffer.from(`[12:00] <${s}`)),
          ),
        ),
        (parts) => {
          const bytes = Buffer.concat(parts.flatMap((part) => [part, Buffer.from('\n')]));
          const newlines = bytes.filter((byte) => byte === 10).length;
          const { lines } = parseIrcLog(bytes, 0);
          expect(lines).toHaveLength(newlines);
          for (const [index, line] of lines.entries()) {
            if (index > 0) expect(line.at).toBeGreaterThan((lines[index - 1] as { at: number }).at);
            expect((line.text ?? '').isWellFormed()).toBe(true);
          }
        },
      ),
    );
  });

  test('[IRC2] UTF-8 where it is UTF-8, Latin-1 line by line where it is not', () => {
    expect(log().lines[5]).toMatchObject({ nick: 'cy[]', text: 'café?' });
    expect(log().lines[6]).toMatchObject({ nick: 'cy[]', text: 'café in latin-1' });
  });

  test('[IRC2] colours and control codes are taken out', () => {
    expect(log().lines[7]).toMatchObject({ text: 'red and bold no more' });
  });
});

describe('times', () => {
  const at = (line: number): string => new Date(log().lines[line]?.at ?? Number.NaN).toISOString();

  test('[IRC3] the date is in the name; lines of one minute keep their order', () => {
    expect(dayOfFile('2009-10-01_17.raw.txt')).toBe(Date.parse('2009-10-01T00:00:00Z'));
    expect(dayOfFile('2009-02-30.txt')).toBeNull();
    expect(dayOfFile('log.txt')).toBeNull();
    expect(at(0)).toBe('2007-02-28T23:57:00.000Z');
    expect(at(1)).toBe('2007-02-28T23:57:00.001Z');
    expect(at(2)).toBe('2007-02-28T23:57:00.002Z');
  });

  test('[IRC3] times wrap at midnight, into the next month too', () => {
    expect(at(9)).toMatch(/^2007-02-28T23:59:00/);
    expect(at(12)).toBe('2007-03-01T00:00:00.000Z');
    expect(at(15)).toBe('2007-03-01T00:01:00.000Z');
  });

  test('[IRC3] a step back within the hour is no new day: clocks are set back, lines are late', () => {
    const lines = parseIrcLog(Buffer.from('[01:59] <a> x\n[01:00] <a> y\n[01:58] <a> z\n[02:01] <a> w\n'), 0).lines;
    expect(lines.map((line) => Math.floor(line.at / 60_000))).toEqual([119, 119, 119, 121]);
  });

  test('[IRC3] a file without a date in its name is refused by name', () => {
    const file = { name: 'log.txt', folder: '', bytes: Buffer.from(''), annotation: null };
    expect(() => planImport([file], null)).toThrow(UnusableLog);
  });
});

describe('replies', () => {
  test('[IRC4] the later line answers the earlier; of several the nearest earlier message', () => {
    const annotation = parseAnnotation('5 5 -\n5 9 -\n7 9 -\n8 9 -\n12 9 -\n9 3 -\nx\n');
    expect(annotation).toMatchObject({ starts: 1, unreadable: 1 });
    const links = replyLinks(annotation, (line) => line !== 8);
    expect([...links]).toEqual([[9, 7]]);
  });

  test('[IRC4] what is no message neither answers nor is answered', () => {
    const messages = plan().channels[0]?.messages ?? [];
    const answers = messages.map((message) => [message.source.split(':')[2], message.answers?.split(':')[2]]);
    expect(answers.filter(([, to]) => to !== undefined)).toEqual([
      ['2', '1'],
      ['4', '3'],
      ['5', '4'],
      ['15', '12'],
    ]);
    expect(messages.filter((message) => message.type === 'reply')).toHaveLength(4);
  });

  test('[IRC4] the annotation lies beside the log', () => {
    expect(annotationPath('/a/2004-11-15_03.raw.txt')).toBe('/a/2004-11-15_03.annotation.txt');
    expect(annotationPath('x.log')).toBe('x.annotation.txt');
  });
});

describe('actions', () => {
  test('[IRC5] are italic, read as they were written, and keep their links', () => {
    const content = plan().channels[0]?.messages[4]?.content ?? '';
    expect(renderPlain(content)).toBe('puts the *kettle* on, see http://tea.example/how_to_ it_takes_long');
    expect(parseMarkdown(content)).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'italic', children: [{ type: 'text', text: 'puts the *kettle* on, see' }] },
          { type: 'text', text: ' ' },
          { type: 'link', url: 'http://tea.example/how_to_' },
          { type: 'text', text: ' ' },
          { type: 'italic', children: [{ type: 'text', text: 'it_takes_long' }] },
        ],
      },
    ]);
  });

  test('[IRC5] any text reads the same after the marks are parsed away', () => {
    const words = fc.string({ unit: fc.constantFrom('a', '*', '_', '`', '~', '|', '\\', ' ', '>', '#', ':') });
    fc.assert(
      fc.property(words, (text) => {
        expect(renderPlain(actionContent(text.trim()))).toBe(text.trim());
      }),
    );
  });
});

describe('the plan', () => {
  test('[IRC6] counts what it reads, and shows what it cannot', () => {
    const { counts, unreadable, channels } = plan();
    expect(counts).toMatchObject({
      files: 1,
      lines: 16,
      messages: 8,
      actions: 1,
      system: 5,
      joins: 1,
      leaves: 1,
      narrations: 1,
      renames: 1,
      notices: 1,
      unreadable: 2,
      skipped: 4,
      replies: 4,
      authors: 4,
      speakers: 4,
    });
    expect(unreadable).toEqual([
      { file: '2007-02-28_small.raw.txt', line: 11 },
      { file: '2007-02-28_small.raw.txt', line: 12 },
    ]);
    expect(channels.map(({ name, messages }) => [name, messages.length])).toEqual([['parlour', 12]]);
  });

  test('[IRC6] the channel comes from the caller, else the log, else the other logs, else the folder', () => {
    const bytes = Buffer.from('[00:00] <a> b\n');
    const silent = { name: '2007-01-01.txt', folder: 'irc-kitchen', bytes, annotation: null };
    const [fixture] = readLogs([FIXTURE]);
    const names = (...given: Parameters<typeof planImport>) => planImport(...given).channels.map(({ name }) => name);
    expect(names([silent], '#Attic')).toEqual(['Attic']);
    expect(names([silent], null)).toEqual(['kitchen']);
    expect(names([{ ...silent, folder: 'downloads' }], null)).toEqual(['irc']);
    expect(names([silent, fixture as typeof silent], null)).toEqual(['parlour']);
  });

  test('[E24] a source names one source line: also in logs of the same name, and of a long one', () => {
    const line = (text: string, name = '2007-01-01.txt') =>
      planImport([{ name, folder: '', bytes: Buffer.from(text), annotation: null }], null).channels[0]?.messages[0]
        ?.source;
    expect(line('[00:00] <a> b\n')).toBe(line('[00:00] <a> b\n'));
    expect(line('[00:00] <a> b\n')).not.toBe(line('[00:00] <a> c\n'));
    expect(line('[00:00] <a> b\n', `2007-01-01${'x'.repeat(200)}.txt`)?.length).toBeLessThanOrEqual(57);
  });
});
