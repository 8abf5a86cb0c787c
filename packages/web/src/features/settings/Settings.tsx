import { Tabs } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { t } from '../../strings/t.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { AccountSettings } from './AccountSettings.tsx';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { NotificationSettings } from './NotificationSettings.tsx';
import { PrivacySettings } from './PrivacySettings.tsx';
import { ProfileSettings } from './ProfileSettings.tsx';
import { SessionSettings } from './SessionSettings.tsx';
import styles from './Settings.module.css';

type Tab = 'profile' | 'privacy' | 'notifications' | 'appearance' | 'account' | 'sessions';

export function Settings({ onClose }: { onClose: () => void }) {
  const [tab, setTab] = useState<string>('profile');
  const pages: readonly (readonly [Tab, ReactNode])[] = [
    ['profile', <ProfileSettings key="profile" />],
    ['privacy', <PrivacySettings key="privacy" onClose={onClose} />],
    ['notifications', <NotificationSettings key="notifications" />],
    ['appearance', <AppearanceSettings key="appearance" />],
    ['account', <AccountSettings key="account" />],
    ['sessions', <SessionSettings key="sessions" />],
  ];
  return (
    <Dialog title={t('settings')} size="large" onClose={onClose}>
      <Tabs.Root className={styles.settings} value={tab} onValueChange={setTab} orientation="vertical">
        <Tabs.List className={styles.tabs} aria-label={t('settings')}>
          {pages.map(([name]) => (
            <Tabs.Trigger key={name} value={name} className={styles.tab}>
              {t(`settings.${name}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {pages.map(([name, page]) => (
          <Tabs.Content key={name} value={name} className={styles.page}>
            {page}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
