import { type MessageWindow, select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { useMemo, useRef } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { buildRows, compareRows, type Row } from './build-rows.ts';

export interface Rows {
  readonly rows: readonly Row[];
  readonly window: MessageWindow | undefined;
  /** True in the one draw in which rows came or went at the start. */
  readonly isShift: boolean;
  /** Grows when the window is another part of the history than before. */
  readonly generation: number;
}

/** The rows of a channel, and how they differ from those of the draw before. */
export function useRows(channelId: Id, readUpTo: Id | null | undefined): Rows {
  const me = useSelect((state) => state.me?.id ?? '');
  const items = useSelect((state) => select.timeline(state, channelId));
  const window = useSelect((state) => state.windows.get(channelId));
  const rows = useMemo(() => buildRows(items, { me, readUpTo }), [items, me, readUpTo]);
  const drawn = useRef<{ rows: readonly Row[]; isShift: boolean; generation: number }>({
    rows: [],
    isShift: false,
    generation: 0,
  });
  if (drawn.current.rows !== rows) {
    const change = compareRows(drawn.current.rows, rows);
    drawn.current = {
      rows,
      isShift: change === 'start',
      generation: drawn.current.generation + (change === 'replaced' ? 1 : 0),
    };
  }
  return { rows, window, isShift: drawn.current.isShift, generation: drawn.current.generation };
}
