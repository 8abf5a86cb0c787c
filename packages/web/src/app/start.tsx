import { createClient } from '@snug/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ThemeChoice } from '../themes/theme.ts';
import { App } from './App.tsx';
import { indexedStorage } from './indexed-storage.ts';
import { rememberSession } from './session-hint.ts';

/** Builds the client and draws the page. */
export function start(page: Window): void {
  const root = page.document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  const client = createClient({ url: '', storage: indexedStorage(page.indexedDB, 'snug') });
  const theme = new ThemeChoice(page);
  rememberSession(client.session, page);
  client.connection.start();
  // A page that goes away says first what was read in it.
  page.addEventListener('pagehide', () => void client.flushAcks());
  createRoot(root).render(
    <StrictMode>
      <App client={client} theme={theme} />
    </StrictMode>,
  );
}
