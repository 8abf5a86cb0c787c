import type { Channel } from '@snug/protocol';
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Suggestion } from './find-suggestions.ts';
import { useSuggestions } from './use-suggestions.ts';

export interface Naming {
  readonly listId: string;
  readonly list: readonly Suggestion[];
  readonly at: number;
  readonly point: (index: number) => void;
  readonly choose: (suggestion: Suggestion) => void;
  /** Where the caret is by now. */
  readonly onCaret: (caret: number) => void;
  /** True where it took the key. */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** Finishing names while one writes: which are offered, which one is pointed at, and putting it into the text. */
export function useNaming(
  channel: Channel,
  box: RefObject<HTMLTextAreaElement | null>,
  content: string,
  setContent: (content: string) => void,
): Naming {
  const listId = useId();
  const [caret, setCaret] = useState(content.length);
  const [at, setAt] = useState(0);
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const { trigger, list } = useSuggestions(channel, content, caret);
  const place = useCaretPlacing(box);
  const shown = trigger === null || trigger.from === closedAt ? [] : list;
  const chosen = Math.min(at, Math.max(0, shown.length - 1));
  const query = trigger?.query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at the top of its answers
  useEffect(() => setAt(0), [query]);
  // What was closed stays closed as long as the same name is being written.
  useEffect(() => {
    if (trigger === null) setClosedAt(null);
  }, [trigger]);
  const choose = ({ insert }: Suggestion): void => {
    if (trigger === null) return;
    const end = trigger.from + insert.length + 1;
    setContent(`${content.slice(0, trigger.from)}${insert} ${content.slice(trigger.to).replace(/^ /, '')}`);
    setCaret(end);
    place(end);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const suggestion = shown[chosen];
    if (suggestion === undefined || event.nativeEvent.isComposing) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const isChoice = event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey);
    if (step !== 0) setAt((chosen + step + shown.length) % shown.length);
    else if (isChoice && !event.shiftKey) choose(suggestion);
    else if (event.key === 'Escape') setClosedAt(trigger?.from ?? null);
    else return false;
    event.preventDefault();
    return true;
  };
  return { listId, list: shown, at: chosen, point: setAt, choose, onCaret: setCaret, onKey };
}

/** Sets the caret once the text that it belongs to is there. */
function useCaretPlacing(box: RefObject<HTMLTextAreaElement | null>): (caret: number) => void {
  const wanted = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    box.current?.focus();
    box.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  return (caret) => {
    wanted.current = caret;
  };
}
