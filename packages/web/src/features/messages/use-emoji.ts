import type { EmojiLookup } from '@snug/protocol';
import { useEffect, useSyncExternalStore } from 'react';

const MAY_NAME_ONE = /:[a-z0-9_+-]+:/;

let lookup: EmojiLookup | undefined;
let isLoading = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function load(): void {
  if (isLoading || lookup !== undefined) return;
  isLoading = true;
  import('@snug/protocol/emoji')
    .then(({ findEmoji }) => {
      lookup = findEmoji;
      for (const listener of listeners) listener();
    })
    // Offline, or a newer build is out: names stay as they were written, and the next text with one asks again.
    .catch((error: unknown) => console.warn('the names of emoji were not loaded', error))
    .finally(() => {
      isLoading = false;
    });
}

/** Finds emoji by name for this text. The table is loaded when the first text needs it; until then names stay text. */
export function useEmoji(content: string): EmojiLookup | undefined {
  const isNeeded = MAY_NAME_ONE.test(content);
  useEffect(() => {
    if (isNeeded) load();
  }, [isNeeded]);
  return useSyncExternalStore(subscribe, () => lookup);
}
