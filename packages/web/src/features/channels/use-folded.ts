import type { Id } from '@snug/protocol';
import { useState } from 'react';
import { recall, remember } from '../../app/local-memory.ts';

/** Whether a category is folded, kept in this browser. */
export function useFolded(categoryId: Id): [boolean, (isFolded: boolean) => void] {
  const [isFolded, setIsFolded] = useState(() => recall(`folded.${categoryId}`) !== null);
  const set = (next: boolean): void => {
    remember(`folded.${categoryId}`, next ? 'yes' : null);
    setIsFolded(next);
  };
  return [isFolded, set];
}
