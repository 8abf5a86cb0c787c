import { select } from '@snug/client';
import { Tabs } from 'radix-ui';
import type { ComponentType } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { PageFrame } from '../shell/PageFrame.tsx';
import { BlockedPeople } from './BlockedPeople.tsx';
import { FindPeople } from './FindPeople.tsx';
import { FriendList } from './FriendList.tsx';
import { FriendRequests } from './FriendRequests.tsx';
import styles from './FriendsPage.module.css';

type Tab = 'all' | 'requests' | 'blocked' | 'find';

const TABS: Readonly<Record<Tab, ComponentType>> = {
  all: FriendList,
  requests: FriendRequests,
  blocked: BlockedPeople,
  find: FindPeople,
};

/** The people one chose: friends, requests both ways, blocks, and the way to find more. */
export function FriendsPage({ tab }: { tab: string | null }) {
  const [, navigate] = useLocation();
  const waiting = useSelect((state) => select.incoming(state).length);
  const open = tab !== null && Object.hasOwn(TABS, tab) ? tab : 'all';
  return (
    <PageFrame title={t('friends')}>
      <Tabs.Root value={open} onValueChange={(next) => navigate(paths.friends(next))} className={styles.tabbed}>
        <Tabs.List className={styles.tabs} aria-label={t('friends.tabs')}>
          {(Object.keys(TABS) as Tab[]).map((name) => (
            <Tabs.Trigger key={name} value={name} className={styles.tab}>
              {t(`friends.${name}`)}
              {name === 'requests' && waiting > 0 ? (
                <span className={styles.badge}>
                  {t('count', waiting)}
                  <Hidden>{t('friends.incoming')}</Hidden>
                </span>
              ) : null}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {(Object.entries(TABS) as [Tab, ComponentType][]).map(([name, Page]) => (
          <Tabs.Content key={name} value={name} className={styles.content}>
            <Page />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </PageFrame>
  );
}
