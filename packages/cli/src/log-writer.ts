/** Log lines as JSON for machines; for a person at a terminal one readable line each. */
import type { Terminal } from './terminal.ts';

/** Undefined means the plain way: JSON on standard output. */
export function logWriter(terminal: Terminal): ((line: string) => void) | undefined {
  if (terminal.stdout.isTTY !== true) return undefined;
  return (line) => terminal.out(readableLine(line));
}

export function readableLine(line: string): string {
  const { level, at, msg, trace_id, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${show(value)}`);
  const error = (err as { stack?: string } | undefined)?.stack;
  const text = [String(at).slice(11, 19), String(level).padEnd(5), String(msg ?? ''), ...fields].join(' ');
  return error === undefined ? text : `${text}\n${error}`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
