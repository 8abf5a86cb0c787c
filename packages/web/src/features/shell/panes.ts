import { createContext, useContext } from 'react';

export type Drawer = 'none' | 'navigation' | 'members';

export interface Panes {
  /** Too narrow for servers and channels beside the messages. */
  readonly isNarrow: boolean;
  /** Too narrow for members beside the messages. */
  readonly isMedium: boolean;
  readonly drawer: Drawer;
  readonly setDrawer: (drawer: Drawer) => void;
  /** Whether the members pane stands beside the messages, where there is room. */
  readonly showsMembers: boolean;
  readonly toggleMembers: () => void;
}

const Context = createContext<Panes | null>(null);
export const PanesProvider = Context.Provider;

export function usePanes(): Panes {
  const panes = useContext(Context);
  if (panes === null) throw new Error('no shell above this view');
  return panes;
}
