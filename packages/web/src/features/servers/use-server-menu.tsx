import { type State, select } from '@snug/client';
import { can, type Id, Permission } from '@snug/protocol';
import { Bell, CheckCheck, DoorClosed, FolderPlus, Hash, Settings, SquarePen, Trash2, UserPlus } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuEntry, MenuGroups } from '../../ui/Menu.tsx';
import { isOwner } from '../roles/standing.ts';
import { type OpenDialog, useDialogs } from '../shell/dialogs.ts';
import { openTabs } from './settings-tabs.ts';

/** An entry that opens a dialog. */
type Entry = (label: string, icon: ReactNode, dialog: OpenDialog) => MenuEntry;

/** What may be done with a server, made when its menu opens. */
export function useServerMenu(serverId: Id): () => MenuGroups {
  const client = useClient();
  const open = useDialogs();
  const attempt = useAttempt();
  const [, navigate] = useLocation();
  return useCallback(() => {
    const state = client.store.getState();
    const entry: Entry = (label, icon, dialog) => ({ key: dialog.kind, label, icon, onChoose: () => open(dialog) });
    const settings = {
      key: 'settings',
      label: t('serverSettings'),
      icon: <Settings size={16} />,
      onChoose: () => navigate(paths.serverSettings(serverId)),
    };
    const markRead = {
      key: 'read',
      label: t('server.markRead'),
      icon: <CheckCheck size={16} />,
      onChoose: () => attempt(() => client.markAllRead(serverId)),
    };
    const name = state.servers.get(serverId)?.name ?? '';
    return [
      ...runningEntries(state, serverId, entry, settings),
      [
        entry(t('notify.open'), <Bell size={16} />, { kind: 'notify', targetId: serverId, name }),
        ...(select.serverUnread(state, serverId).unread > 0 ? [markRead] : []),
      ],
      [{ ...endEntry(state, serverId, entry), isDanger: true }],
    ];
  }, [client, open, navigate, attempt, serverId]);
}

/** Bringing people in, running the place, and one's own name in it. */
function runningEntries(state: State, serverId: Id, entry: Entry, settings: MenuEntry): MenuGroups {
  const bits = select.permissions(state, serverId);
  const userId = state.me?.id ?? '';
  const name = select.memberName(state, serverId, userId);
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
      entry(t('member.nickname.own'), <SquarePen size={16} />, { kind: 'nickname', serverId, userId, name }),
    ],
  ];
}

function endEntry(state: State, serverId: Id, entry: Entry): MenuEntry {
  return isOwner(state, serverId)
    ? entry(t('server.delete'), <Trash2 size={16} />, { kind: 'delete-server', serverId })
    : entry(t('server.leave'), <DoorClosed size={16} />, { kind: 'leave-server', serverId });
}
