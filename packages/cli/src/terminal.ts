/** What a command sees of the world: where it prints, what it is asked from, in which folder and environment. */
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

export interface Terminal {
  /** One line of result, for people and scripts. */
  out(line: string): void;
  /** One line beside the result: errors, warnings, progress. */
  err(line: string): void;
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stderr: Writable & { isTTY?: boolean; columns?: number };
  readonly stdout: Writable & { isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths and `snug.yml` are looked for here. */
  readonly folder: string;
}

export function processTerminal(): Terminal {
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    stdin: process.stdin,
    stderr: process.stderr,
    stdout: process.stdout,
    env: process.env,
    folder: process.cwd(),
  };
}

/** The first line of standard input, without its end; null when there is none. */
export async function readLine(terminal: Terminal): Promise<string | null> {
  const lines = createInterface({ input: terminal.stdin });
  try {
    for await (const line of lines) return line;
    return null;
  } finally {
    lines.close();
  }
}

/** Asks without showing what is typed. Only where a person sits at the terminal. */
export async function askHidden(terminal: Terminal, question: string): Promise<string> {
  terminal.stderr.write(question);
  // Readline echoes through its output; one that goes nowhere is a hidden answer.
  const { Writable } = await import('node:stream');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: terminal.stdin, output: nowhere, terminal: true });
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    terminal.stderr.write('\n');
  }
}
