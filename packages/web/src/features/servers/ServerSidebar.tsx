import { type State, select } from '@snug/client';
import { can, type Id, Permission } from '@snug/protocol';
import { ChevronDown, DoorClosed, Hash, Pencil, Plus, Trash2, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, type MenuGroups } from '../../ui/Menu.tsx';
import { ChannelLink } from '../channels/ChannelLink.tsx';
import { type OpenDialog, useDialogs } from '../shell/dialogs.ts';
import type { Place } from '../shell/place.ts';
import styles from './ServerSidebar.module.css';

/** One server: its name and what can be done with it, and its channels. */
export function ServerSidebar({ place }: { place: Extract<Place, { kind: 'server' }> }) {
  const open = useDialogs();
  const { serverId } = place;
  const isReady = useSelect((state) => state.ready);
  const server = useSelect((state) => state.servers.get(serverId));
  const channels = useSelect((state) => select.serverChannels(state, serverId));
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
        <ul>
          {channels.map((channel) => (
            <ChannelLink key={channel.id} channel={channel} isOpen={channel.id === place.channelId} />
          ))}
        </ul>
        {channels.length === 0 ? <p className={styles.none}>{t('channels.none')}</p> : null}
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
  const open = useDialogs();
  const bits = useSelect((state) => select.permissions(state, serverId));
  const isOwner = useSelect((state) => isOwnerOf(state, serverId));
  const entry = (key: string, label: string, icon: ReactNode, dialog: OpenDialog, isDanger = false) => ({
    key,
    label,
    icon,
    isDanger,
    onChoose: () => open(dialog),
  });
  const groups: MenuGroups = [
    can(bits, Permission.CREATE_INVITE)
      ? [entry('invite', t('invite.people'), <UserPlus size={16} />, { kind: 'invite', serverId })]
      : [],
    [
      ...(can(bits, Permission.MANAGE_CHANNELS)
        ? [entry('channel', t('channel.create'), <Hash size={16} />, { kind: 'create-channel', serverId })]
        : []),
      ...(can(bits, Permission.MANAGE_SERVER)
        ? [entry('edit', t('server.edit'), <Pencil size={16} />, { kind: 'edit-server', serverId })]
        : []),
    ],
    [
      isOwner
        ? entry('delete', t('server.delete'), <Trash2 size={16} />, { kind: 'delete-server', serverId }, true)
        : entry('leave', t('server.leave'), <DoorClosed size={16} />, { kind: 'leave-server', serverId }, true),
    ],
  ];
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

function isOwnerOf(state: State, serverId: Id): boolean {
  return state.me !== null && state.servers.get(serverId)?.owner_id === state.me.id;
}
