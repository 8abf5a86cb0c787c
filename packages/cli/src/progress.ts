/** A bar for long work, where a person watches; silence elsewhere. */
import type { Terminal } from './terminal.ts';

export interface Progress {
  /** `done` of the total given at the start. */
  update(done: number): void;
  end(): void;
}

const WIDTH = 24;
const REDRAW_MS = 100;

export function startProgress(
  terminal: Terminal,
  label: string,
  total: number,
  now: () => number = Date.now,
): Progress {
  if (terminal.stderr.isTTY !== true || total === 0) return { update: () => {}, end: () => {} };
  const started = now();
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = (done: number): void => {
    const part = Math.min(1, done / total);
    const full = Math.round(part * WIDTH);
    const rate = Math.round(done / Math.max(0.001, (now() - started) / 1000));
    const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
    terminal.stderr.write(`\r${label} ${bar} ${Math.floor(part * 100)}% ${done}/${total} ${rate}/s\u001b[K`);
    drawn = now();
  };
  return {
    update: (done) => {
      if (now() - drawn >= REDRAW_MS) draw(done);
    },
    end: () => {
      draw(total);
      terminal.stderr.write('\n');
    },
  };
}
