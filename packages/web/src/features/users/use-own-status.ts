import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { recall, remember } from '../../app/local-memory.ts';
import { useClient } from '../../app/use-snug.ts';

export type OwnStatus = 'online' | 'idle' | 'dnd' | 'invisible';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readStatus(): OwnStatus {
  const saved = recall('status');
  return saved === 'idle' || saved === 'dnd' || saved === 'invisible' ? saved : 'online';
}

/** How this person chose to show themselves: a choice of this browser, kept in it. */
export function useChosenStatus(): OwnStatus {
  return useSyncExternalStore(subscribe, readStatus);
}

/** The choice, and the way to change it. The server hears of it now and whenever the connection is made anew. */
export function useOwnStatus(): [OwnStatus, (status: OwnStatus) => void] {
  const client = useClient();
  const status = useChosenStatus();
  useEffect(() => {
    // Who never chose is online by being there; saying so again would only be noise.
    if (recall('status') !== null) client.connection.setPresence({ status });
  }, [client, status]);
  const choose = useCallback((next: OwnStatus) => {
    remember('status', next);
    for (const listener of listeners) listener();
  }, []);
  return [status, choose];
}
