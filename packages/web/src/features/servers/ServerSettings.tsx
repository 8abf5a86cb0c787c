import type { Id } from '@snug/protocol';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { CategoryPage } from '../channels/CategoryPage.tsx';
import { ChannelPage } from '../channels/ChannelPage.tsx';
import { ChannelsPage } from '../channels/ChannelsPage.tsx';
import { InvitesPage } from '../invites/InvitesPage.tsx';
import { MembersPage } from '../members/MembersPage.tsx';
import { AuditPage } from '../moderation/AuditPage.tsx';
import { BansPage } from '../moderation/BansPage.tsx';
import { RolePage } from '../roles/RolePage.tsx';
import { RolesPage } from '../roles/RolesPage.tsx';
import type { Place } from '../shell/place.ts';
import { OverviewPage } from './OverviewPage.tsx';
import { SettingsClosed } from './SettingsClosed.tsx';
import { mayChangeChannel, openTabs, type SettingsTab } from './settings-tabs.ts';

/** The settings of a server: a page of them, or one role, channel or category of it. */
export function ServerSettings({ place }: { place: Extract<Place, { kind: 'settings' }> }) {
  const { serverId, tab, itemId } = place;
  const tabs = useSelect((state) => openTabs(state, serverId), sameList);
  const isServerChannel = useSelect((state) => state.channels.get(itemId ?? '')?.server_id === serverId);
  const mayChange = useSelect((state) => itemId !== null && mayChangeChannel(state, itemId));
  if (tab === 'channels' && itemId !== null) {
    if (!isServerChannel || !mayChange) return <SettingsClosed serverId={serverId} />;
    return <ChannelPage key={itemId} serverId={serverId} channelId={itemId} />;
  }
  if (tab === 'categories' && itemId !== null) {
    return <CategoryPage key={itemId} serverId={serverId} categoryId={itemId} />;
  }
  if (tab === 'roles' && itemId !== null && tabs.includes('roles')) {
    return <RolePage key={itemId} serverId={serverId} roleId={itemId} />;
  }
  const wanted = tab ?? tabs[0];
  const open = tabs.find((one) => one === wanted);
  if (open === undefined || itemId !== null) return <SettingsClosed serverId={serverId} />;
  return <TabPage key={serverId} tab={open} serverId={serverId} />;
}

function TabPage({ tab, serverId }: { tab: SettingsTab; serverId: Id }) {
  switch (tab) {
    case 'overview':
      return <OverviewPage serverId={serverId} />;
    case 'roles':
      return <RolesPage serverId={serverId} />;
    case 'channels':
      return <ChannelsPage serverId={serverId} />;
    case 'members':
      return <MembersPage serverId={serverId} />;
    case 'bans':
      return <BansPage serverId={serverId} />;
    case 'invites':
      return <InvitesPage serverId={serverId} />;
    case 'audit':
      return <AuditPage serverId={serverId} />;
  }
}
