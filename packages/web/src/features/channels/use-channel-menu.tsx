import { select } from '@snug/client';
import { type Channel, can, Permission } from '@snug/protocol';
import { Bell, CheckCheck, Link2, Settings, Trash2 } from 'lucide-react';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuGroups } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { mayChangeChannel } from '../servers/settings-tabs.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { moveEntries } from './use-category-menu.tsx';
import { useMoves } from './use-moves.ts';

/** What may be done with a channel of a server, made when its menu opens. */
export function useChannelMenu(channel: Channel): () => MenuGroups {
  const client = useClient();
  const serverId = channel.server_id ?? '';
  const reading = useReadingEntries(channel);
  const open = useDialogs();
  const [, navigate] = useLocation();
  const moves = useMoves(serverId);
  return useCallback(() => {
    const state = client.store.getState();
    const mayMove = can(select.permissions(state, serverId), Permission.MANAGE_CHANNELS);
    const mayDelete = can(select.channelPermissions(state, channel.id), Permission.MANAGE_CHANNELS);
    return [
      ...reading(),
      [
        ...(mayChangeChannel(state, channel.id)
          ? [
              {
                key: 'edit',
                label: t('channel.edit'),
                icon: <Settings size={16} />,
                onChoose: () => navigate(paths.serverSettings(serverId, 'channels', channel.id)),
              },
            ]
          : []),
        ...(mayMove
          ? moveEntries(
              (step) => moves.canMoveChannel(channel.id, step),
              (step) => moves.moveChannel(channel.id, step),
            )
          : []),
      ],
      mayDelete
        ? [
            {
              key: 'delete',
              label: t('channel.delete'),
              icon: <Trash2 size={16} />,
              isDanger: true,
              onChoose: () => open({ kind: 'delete-channel', channelId: channel.id }),
            },
          ]
        : [],
    ];
  }, [client, open, navigate, moves, reading, serverId, channel.id]);
}

/** Marking read, what one wants to hear of it, and the channel's address: what anybody may do. */
function useReadingEntries({ id, name, server_id: serverId = '', last_message_id: lastId }: Channel): () => MenuGroups {
  const client = useClient();
  const open = useDialogs();
  const say = useToast();
  return useCallback(() => {
    const isUnread = (client.store.getState().reads.get(id)?.unread ?? 0) > 0;
    const copyLink = async (): Promise<void> => {
      await navigator.clipboard.writeText(new URL(paths.channel(serverId, id), location.origin).href);
      say(t('copied'));
    };
    return [
      isUnread && lastId !== null
        ? [
            {
              key: 'read',
              label: t('channel.markRead'),
              icon: <CheckCheck size={16} />,
              onChoose: () => client.ack(id, lastId),
            },
          ]
        : [],
      [
        {
          key: 'notify',
          label: t('notify.open'),
          icon: <Bell size={16} />,
          onChoose: () => open({ kind: 'notify', targetId: id, name }),
        },
        {
          key: 'link',
          label: t('channel.copyLink'),
          icon: <Link2 size={16} />,
          onChoose: () => void copyLink().catch(() => say(t('copy.failed'))),
        },
      ],
    ];
  }, [client, open, say, id, name, serverId, lastId]);
}
