import { select } from '@snug/client';
import { can, type Id, Permission } from '@snug/protocol';
import { Bell, CheckCheck, DoorClosed, FolderPlus, Hash, Settings, SquarePen, Trash2, UserPlus } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuGroups } from '../../ui/Menu.tsx';
import { isOwner } from '../roles/standing.ts';
import { type OpenDialog, useDialogs } from '../shell/dialogs.ts';
import { openTabs } from './settings-tabs.ts';

/** What may be done with a server, made when its menu opens. */
export function useServerMenu(serverId: Id): () => MenuGroups {
  const client = useClient();
  const open = useDialogs();
  const attempt = useAttempt();
  const [, navigate] = useLocation();
  return useCallback(() => {
    const state = client.store.getState();
    const bits = select.permissions(state, serverId);
    const userId = state.me?.id ?? '';
    const nickname: OpenDialog = {
      kind: 'nickname',
      serverId,
      userId,
      name: select.memberName(state, serverId, userId),
    };
    const entry = (label: string, icon: ReactNode, dialog: OpenDialog, isDanger = false) => ({
      key: dialog.kind,
      label,
      icon,
      isDanger,
      onChoose: () => open(dialog),
    });
    const settings = {
      key: 'settings',
      label: t('serverSettings'),
      icon: <Settings size={16} />,
      onChoose: () => navigate(paths.serverSettings(serverId)),
    };
    const serverName = state.servers.get(serverId)?.name ?? '';
    const markRead = {
      key: 'read',
      label: t('server.markRead'),
      icon: <CheckCheck size={16} />,
      onChoose: () => attempt(() => client.markAllRead(serverId)),
    };
    return [
      can(bits, Permission.CREATE_INVITE)
        ? [entry(t('invite.people'), <UserPlus size={16} />, { kind: 'invite', serverId })]
        : [],
      [
        ...(openTabs(state, serverId).length > 0 ? [settings] : []),
        ...(can(bits, Permission.MANAGE_CHANNELS)
          ? [
              entry(t('channel.create'), <Hash size={16} />, { kind: 'create-channel', serverId }),
              entry(t('category.create'), <FolderPlus size={16} />, { kind: 'create-category', serverId }),
            ]
          : []),
        entry(t('member.nickname.own'), <SquarePen size={16} />, nickname),
      ],
      [
        entry(t('notify.open'), <Bell size={16} />, { kind: 'notify', targetId: serverId, name: serverName }),
        ...(select.serverUnread(state, serverId).unread > 0 ? [markRead] : []),
      ],
      [
        isOwner(state, serverId)
          ? entry(t('server.delete'), <Trash2 size={16} />, { kind: 'delete-server', serverId }, true)
          : entry(t('server.leave'), <DoorClosed size={16} />, { kind: 'leave-server', serverId }, true),
      ],
    ];
  }, [client, open, navigate, attempt, serverId]);
}
