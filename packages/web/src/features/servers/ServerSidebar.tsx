import { select } from '@snug/client';
import { can, type Id, Permission } from '@snug/protocol';
import { ChevronDown, Plus, UserPlus } from 'lucide-react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { ChannelList } from '../channels/ChannelList.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import type { Place } from '../shell/place.ts';
import styles from './ServerSidebar.module.css';
import { useServerMenu } from './use-server-menu.tsx';

/** One server: its name and what can be done with it, and its channels. */
export function ServerSidebar({ place }: { place: Extract<Place, { kind: 'server' }> }) {
  const open = useDialogs();
  const { serverId } = place;
  const isReady = useSelect((state) => state.ready);
  const server = useSelect((state) => state.servers.get(serverId));
  const mayManage = useSelect((state) => can(select.permissions(state, serverId), Permission.MANAGE_CHANNELS));
  const mayInvite = useSelect((state) => can(select.permissions(state, serverId), Permission.CREATE_INVITE));
  if (server === undefined) {
    return (
      <div className={styles.sidebar}>{isReady ? null : <Bones kind="lines" count={8} label={t('loading')} />}</div>
    );
  }
  return (
    <div className={styles.sidebar}>
      <ServerMenu serverId={serverId} name={server.name} />
      <nav className={styles.channels} aria-label={t('channels.of', server.name)}>
        <div className={styles.heading}>
          <h2>{t('channels')}</h2>
          {mayManage ? (
            <IconButton label={t('channel.create')} isSmall onClick={() => open({ kind: 'create-channel', serverId })}>
              <Plus size={17} aria-hidden="true" />
            </IconButton>
          ) : null}
        </div>
        <ChannelList serverId={serverId} openId={place.channelId} />
        {mayInvite ? (
          <button type="button" className={styles.invite} onClick={() => open({ kind: 'invite', serverId })}>
            <UserPlus size={17} aria-hidden="true" />
            {t('invite.people')}
          </button>
        ) : null}
      </nav>
    </div>
  );
}

function ServerMenu({ serverId, name }: { serverId: Id; name: string }) {
  const groups = useServerMenu(serverId);
  return (
    <header className={styles.header}>
      <Menu groups={groups} label={t('server.menu', name)}>
        <button type="button" className={styles.name}>
          <span>{name}</span>
          <ChevronDown size={18} aria-hidden="true" />
        </button>
      </Menu>
    </header>
  );
}
