import type { SessionState, SnugClient, State } from '@snug/client';
import { createContext, useContext, useRef, useSyncExternalStore } from 'react';

const Client = createContext<SnugClient | null>(null);
export const ClientProvider = Client.Provider;

export function useClient(): SnugClient {
  const client = useContext(Client);
  if (client === null) throw new Error('no client above this view');
  return client;
}

/**
 * What a view reads from the store. A selector that builds something new gives `isEqual`, so that the view is drawn again
 * only when the result says something else.
 */
export function useSelect<T>(selector: (state: State) => T, isEqual: (a: T, b: T) => boolean = Object.is): T {
  const { store } = useClient();
  const last = useRef<{ value: T } | null>(null);
  const read = (): T => {
    const value = selector(store.getState());
    if (last.current !== null && isEqual(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  };
  return useSyncExternalStore(store.subscribe, read);
}

export function useSession(): SessionState {
  const { session } = useClient();
  return useSyncExternalStore(session.subscribe, () => session.state);
}
