import { select } from '@snug/client';
import { type Channel, can, type Id, Permission } from '@snug/protocol';
import { Tabs } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import tabs from '../people/FriendsPage.module.css';
import { GroupAbout } from './GroupAbout.tsx';
import { GroupBans } from './GroupBans.tsx';
import { GroupLinks } from './GroupLinks.tsx';
import { GroupPeople } from './GroupPeople.tsx';

type Tab = 'people' | 'about' | 'links' | 'bans';

/** What a group is and who is in it, to be changed as far as one may. */
export function GroupDialog({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const channel = useSelect((state) => state.channels.get(channelId));
  if (channel === undefined) return null;
  return <OpenGroup channel={channel} onClose={onClose} />;
}

function OpenGroup({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const [tab, setTab] = useState<string>('people');
  const bits = useSelect((state) => select.channelPermissions(state, channel.id));
  const pages: readonly (readonly [Tab, ReactNode])[] = [
    ['people', <GroupPeople key="people" channel={channel} />],
    ['about', <GroupAbout key="about" channel={channel} onClose={onClose} />],
    ...(can(bits, Permission.CREATE_INVITE)
      ? [['links', <GroupLinks key="links" channelId={channel.id} />] as const]
      : []),
    ...(can(bits, Permission.BAN_MEMBERS) ? [['bans', <GroupBans key="bans" channelId={channel.id} />] as const] : []),
  ];
  return (
    <Dialog title={t('group.settings')} size="large" onClose={onClose}>
      <Tabs.Root value={tab} onValueChange={setTab} className={tabs.tabbed}>
        <Tabs.List className={tabs.tabs} aria-label={t('group.settings')}>
          {pages.map(([name]) => (
            <Tabs.Trigger key={name} value={name} className={tabs.tab}>
              {t(`group.tab.${name}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {pages.map(([name, page]) => (
          <Tabs.Content key={name} value={name} className={tabs.content}>
            {page}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
