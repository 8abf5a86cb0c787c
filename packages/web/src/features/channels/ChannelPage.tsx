import { select } from '@snug/client';
import { type Channel, can, type Id, Permission } from '@snug/protocol';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { SettingsClosed } from '../servers/SettingsClosed.tsx';
import { SettingsPage } from '../servers/SettingsPage.tsx';
import { ChannelAccess } from './ChannelAccess.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import styles from './ChannelPage.module.css';

/** One channel: what it is, and who may do what in it. */
export function ChannelPage({ serverId, channelId }: { serverId: Id; channelId: Id }) {
  const channel = useSelect((state) => state.channels.get(channelId));
  const bits = useSelect((state) => select.channelPermissions(state, channelId));
  const mayList = useSelect((state) => can(select.permissions(state, serverId), Permission.MANAGE_CHANNELS));
  if (channel === undefined) return <SettingsClosed serverId={serverId} />;
  const pages = pagesFor(channel, can(bits, Permission.MANAGE_CHANNELS));
  return (
    <SettingsPage
      title={t('channel.settings', channel.name)}
      back={
        mayList
          ? { href: paths.serverSettings(serverId, 'channels'), label: t('channel.back') }
          : { href: paths.channel(serverId, channelId), label: t('channel.name', channel.name) }
      }
    >
      <Tabs.Root defaultValue={startOf(channel, pages)} className={styles.tabs}>
        <Tabs.List className={styles.list} aria-label={t('channel.settings', channel.name)}>
          {pages.map(([name]) => (
            <Tabs.Trigger key={name} value={name} className={styles.tab}>
              {t(`channel.${name}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {pages.map(([name, page]) => (
          <Tabs.Content key={name} value={name} className={styles.page}>
            {page}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </SettingsPage>
  );
}

type Page = readonly ['overview' | 'permissions', ReactNode];

function pagesFor(channel: Channel, mayChange: boolean): readonly Page[] {
  const access = ['permissions', <ChannelAccess key="permissions" channel={channel} />] as const;
  return mayChange ? [['overview', <ChannelForm key="overview" channel={channel} />], access] : [access];
}

/** A private channel that nobody was let into begins with who may see it. */
function startOf(channel: Channel, pages: readonly Page[]): string {
  // Who made it may stand in it already.
  const isAlone = channel.is_private && (channel.permission_overrides ?? []).length <= 1;
  return isAlone ? 'permissions' : (pages[0]?.[0] ?? 'permissions');
}
