import { type MessageWindow, select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { buildRows, planRows, type Row, type RowsStep } from './build-rows.ts';

export interface Rows {
  readonly rows: readonly Row[];
  readonly window: MessageWindow | undefined;
  /** True in the draw in which rows came or went at the start. */
  readonly isShift: boolean;
  /** Grows when the window is another part of the history than before. */
  readonly generation: number;
}

interface Drawn {
  /** What is to be shown in the end. */
  readonly target: readonly Row[];
  /** What is shown, then what is left to do. Never empty. */
  readonly steps: readonly [RowsStep, ...RowsStep[]];
  readonly generation: number;
}

/** The rows of a channel, step by step where both ends change at once. All steps are drawn before the next paint. */
export function useRows(channelId: Id, readUpTo: Id | null | undefined): Rows {
  const me = useSelect((state) => state.me?.id ?? '');
  const items = useSelect((state) => select.timeline(state, channelId));
  const window = useSelect((state) => state.windows.get(channelId));
  const rows = useMemo(() => buildRows(items, { me, readUpTo }), [items, me, readUpTo]);
  const drawn = useRef<Drawn>({ target: [], steps: [{ rows: [], isShift: false }], generation: 0 });
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  if (drawn.current.target !== rows) drawn.current = advance(drawn.current, rows);
  useLayoutEffect(() => {
    const [, next, ...rest] = drawn.current.steps;
    if (next === undefined) return;
    drawn.current = { ...drawn.current, steps: [next, ...rest] };
    redraw();
  });
  const { steps, generation } = drawn.current;
  return { ...steps[0], window, generation };
}

function advance({ steps, generation }: Drawn, target: readonly Row[]): Drawn {
  const [first, ...rest] = planRows(steps[0].rows, target) ?? [];
  if (first !== undefined) return { target, steps: [first, ...rest], generation };
  return { target, steps: [{ rows: target, isShift: false }], generation: generation + 1 };
}
