import type { SnugClient } from '@snug/client';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { Route, Switch } from 'wouter';
import { Register } from '../features/accounts/Register.tsx';
import { ResetPassword } from '../features/accounts/ResetPassword.tsx';
import { SetUp } from '../features/accounts/SetUp.tsx';
import { SignIn } from '../features/accounts/SignIn.tsx';
import { InvitePage } from '../features/invites/InvitePage.tsx';
import { Landing } from '../features/landing/Landing.tsx';
import { ProfilePage } from '../features/profiles/ProfilePage.tsx';
import { DiscoverPage } from '../features/servers/DiscoverPage.tsx';
import { Restored } from '../features/shell/Restored.tsx';
import { Splash } from '../features/shell/Splash.tsx';
import type { ThemeChoice } from '../themes/theme.ts';
import { Toasts } from '../ui/Toasts.tsx';
import { TooltipArea } from '../ui/Tooltip.tsx';
import { Faults } from './Faults.tsx';
import { NotFound } from './NotFound.tsx';
import { DiscoveryProvider, type DiscoveryState } from './use-discovery.ts';
import { ClientProvider } from './use-snug.ts';
import { ThemeProvider } from './use-theme.ts';

/** What visitors of the front page need not load. */
const Shell = lazy(async () => ({ default: (await import('../features/shell/Shell.tsx')).Shell }));

const AdminPage = lazy(async () => ({ default: (await import('../features/admin/AdminPage.tsx')).AdminPage }));

/** The only file that knows every page. */
export function App({ client, theme }: { client: SnugClient; theme: ThemeChoice }) {
  return (
    <Faults>
      <ClientProvider value={client}>
        <ThemeProvider value={theme}>
          <DiscoveryProvider value={useInstance(client, theme)}>
            <TooltipArea>
              <Toasts>
                <Suspense fallback={<Splash isUnreachable={false} />}>
                  <Pages />
                </Suspense>
              </Toasts>
            </TooltipArea>
          </DiscoveryProvider>
        </ThemeProvider>
      </ClientProvider>
    </Faults>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/" component={Landing} />
      <Route path="/login">
        <Restored>
          <SignIn />
        </Restored>
      </Route>
      <Route path="/register">
        <Restored>
          <Register />
        </Restored>
      </Route>
      <Route path="/setup">
        <Restored>
          <SetUp />
        </Restored>
      </Route>
      <Route path="/reset" component={ResetPassword} />
      <Route path="/invite/:code">
        {({ code }) => (
          <Restored>
            <InvitePage key={code} code={code} />
          </Restored>
        )}
      </Route>
      <Route path="/discover">
        <Restored>
          <DiscoverPage />
        </Restored>
      </Route>
      <Route path="/app/discover">
        <Shell place={{ kind: 'discover' }} />
      </Route>
      <Route path="/app/s/:serverId/settings/:tab?">
        {({ serverId, tab }) => <Shell place={{ kind: 'settings', serverId, tab: tab ?? null, itemId: null }} />}
      </Route>
      <Route path="/app/s/:serverId/settings/:tab/:itemId">
        {({ serverId, tab, itemId }) => <Shell place={{ kind: 'settings', serverId, tab, itemId }} />}
      </Route>
      <Route path="/app">
        <Shell place={{ kind: 'home' }} />
      </Route>
      <Route path="/app/admin/:tab?">{({ tab }) => <AdminPage tab={tab} />}</Route>
      <Route path="/app/friends/:tab?">
        {({ tab }) => <Shell place={{ kind: 'page', page: 'friends', tab: tab ?? null }} />}
      </Route>
      <Route path="/app/inbox">
        <Shell place={{ kind: 'page', page: 'inbox', tab: null }} />
      </Route>
      <Route path="/app/groups">
        <Shell place={{ kind: 'page', page: 'groups', tab: null }} />
      </Route>
      <Route path="/app/s/:serverId/:channelId?">
        {({ serverId, channelId = null }) => <Shell place={{ kind: 'server', serverId, channelId, messageId: null }} />}
      </Route>
      <Route path="/app/s/:serverId/:channelId/:messageId">
        {({ serverId, channelId, messageId }) => <Shell place={{ kind: 'server', serverId, channelId, messageId }} />}
      </Route>
      <Route path="/app/c/:channelId/:messageId?">
        {({ channelId, messageId = null }) => <Shell place={{ kind: 'dm', channelId, messageId }} />}
      </Route>
      <Route path="/u/:username">
        {({ username }) => (
          <Restored>
            <ProfilePage key={username} username={username} />
          </Restored>
        )}
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}

/** Asks the instance once what it is, and wears its theme. */
function useInstance(client: SnugClient, theme: ThemeChoice): DiscoveryState {
  const [state, setState] = useState<DiscoveryState>({ status: 'loading' });
  const ask = useCallback(() => {
    setState({ status: 'loading' });
    client.discovery().then(
      (discovery) => {
        theme.setInstanceTheme(discovery.theme);
        setState({ status: 'known', discovery });
      },
      (error: unknown) => {
        console.warn('the instance did not say what it is', error);
        setState({ status: 'failed', retry: ask });
      },
    );
  }, [client, theme]);
  useEffect(ask, [ask]);
  return state;
}
