import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Appearance, ThemeChoice } from '../themes/theme.ts';

const Context = createContext<ThemeChoice | null>(null);
export const ThemeProvider = Context.Provider;

export function useTheme(): { choice: ThemeChoice; appearance: Appearance } {
  const choice = useContext(Context);
  if (choice === null) throw new Error('no theme above this view');
  return { choice, appearance: useSyncExternalStore(choice.subscribe, choice.get) };
}
