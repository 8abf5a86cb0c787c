import type { Discovery } from '@snug/protocol';
import { createContext, useContext } from 'react';

export type DiscoveryState =
  | { readonly status: 'loading' }
  | { readonly status: 'known'; readonly discovery: Discovery }
  /** The server did not answer; asking again may help. */
  | { readonly status: 'failed'; readonly retry: () => void };

const Context = createContext<DiscoveryState>({ status: 'loading' });
export const DiscoveryProvider = Context.Provider;

/** What the instance says about itself; null while it has not been heard. */
export function useDiscovery(): Discovery | null {
  const state = useContext(Context);
  return state.status === 'known' ? state.discovery : null;
}

/** Nobody owns this instance yet, and until somebody does only its owner may make an account. */
export function waitsForOwner(discovery: Discovery | null): boolean {
  return discovery?.needs_owner === true && discovery.registration !== 'open';
}

export function useDiscoveryState(): DiscoveryState {
  return useContext(Context);
}
