import type { Id } from '@snug/protocol';
import { createContext, useContext } from 'react';

/** Messages picked out to be deleted together. */
export interface Selection {
  /** Null while nothing is being picked. */
  readonly ids: ReadonlySet<Id> | null;
  /** Begins, with this message. */
  readonly start: (id: Id) => void;
  readonly stop: () => void;
  readonly toggle: (id: Id) => void;
}

const nothing = (): void => undefined;
const Context = createContext<Selection>({ ids: null, start: nothing, stop: nothing, toggle: nothing });
export const SelectionProvider = Context.Provider;

export function useSelection(): Selection {
  return useContext(Context);
}
