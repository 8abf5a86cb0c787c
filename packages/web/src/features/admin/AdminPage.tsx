import { ArrowLeft } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ComponentType } from 'react';
import { Link, Redirect, useLocation } from 'wouter';
import { NotFound } from '../../app/NotFound.tsx';
import { paths } from '../../app/paths.ts';
import { useSelect, useSession } from '../../app/use-snug.ts';
import { useTitle } from '../../app/use-title.ts';
import { t } from '../../strings/t.ts';
import { ConnectionBanner } from '../shell/ConnectionBanner.tsx';
import { Splash } from '../shell/Splash.tsx';
import { Accounts } from './Accounts.tsx';
import styles from './AdminPage.module.css';
import { InstanceAudit } from './InstanceAudit.tsx';
import { InstanceInvites } from './InstanceInvites.tsx';
import { Registration } from './Registration.tsx';
import { Reports } from './Reports.tsx';

type Tab = 'accounts' | 'reports' | 'registration' | 'invites' | 'audit';

/** One page each, in the order of the tabs. */
const TABS: Readonly<Record<Tab, ComponentType>> = {
  accounts: Accounts,
  reports: Reports,
  registration: Registration,
  invites: InstanceInvites,
  audit: InstanceAudit,
};

/** For who administers the instance; for everybody else there is no such page, from the moment that they do not. */
export function AdminPage({ tab }: { tab: string | undefined }) {
  const session = useSession();
  const [here] = useLocation();
  const isReady = useSelect((state) => state.ready);
  const isAdmin = useSelect((state) => state.isAdmin);
  if (session.status === 'signed_out') {
    return <Redirect to={`${paths.signIn}?next=${encodeURIComponent(here)}`} replace />;
  }
  if (session.status === 'restoring') return <Splash isUnreachable={session.error !== null} />;
  if (!isReady) return <Splash isUnreachable={false} />;
  if (!isAdmin || (tab !== undefined && !Object.hasOwn(TABS, tab))) return <NotFound />;
  return <Administration tab={(tab ?? 'accounts') as Tab} />;
}

function Administration({ tab }: { tab: Tab }) {
  const [, navigate] = useLocation();
  useTitle(t('title.page', t('admin')));
  return (
    <main className={styles.page}>
      <ConnectionBanner />
      <header className={styles.header}>
        <Link href={paths.app} className={styles.back}>
          <ArrowLeft size={18} aria-hidden="true" />
          {t('admin.back')}
        </Link>
        <h1 className={styles.title}>{t('admin')}</h1>
      </header>
      <Tabs.Root
        className={styles.tabbed}
        value={tab}
        onValueChange={(next) => navigate(paths.admin(next))}
        orientation="vertical"
      >
        <Tabs.List className={styles.tabs} aria-label={t('admin')}>
          {(Object.keys(TABS) as Tab[]).map((name) => (
            <Tabs.Trigger key={name} value={name} className={styles.tab}>
              {t(`admin.${name}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {(Object.entries(TABS) as [Tab, ComponentType][]).map(([name, Page]) => (
          <Tabs.Content key={name} value={name} className={styles.content}>
            <Page />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </main>
  );
}
