import { select } from '@snug/client';
import { type Channel, can, Permission } from '@snug/protocol';
import { CheckCheck, Hash, Link2, Pencil, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { type MenuGroups, RightClickMenu } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { usePanes } from '../shell/panes.ts';
import styles from './ChannelLink.module.css';

/** One channel in the list of its server. What is unread stands bright, with a mark at its end. */
export const ChannelLink = memo(function ChannelLink({ channel, isOpen }: { channel: Channel; isOpen: boolean }) {
  const unread = useSelect((state) => state.reads.get(channel.id)?.unread ?? 0);
  const mentions = useSelect((state) => state.reads.get(channel.id)?.mentions ?? 0);
  const panes = usePanes();
  const serverId = channel.server_id ?? '';
  const isUnread = unread > 0 && !isOpen;
  return (
    <RightClickMenu groups={useChannelMenu(channel, unread > 0)} label={t('channel.menu', channel.name)}>
      <li>
        <Link
          href={paths.channel(serverId, channel.id)}
          className={join(styles.link, isOpen && styles.open, isUnread && styles.unread)}
          aria-current={isOpen ? 'page' : undefined}
          onClick={() => panes.setDrawer('none')}
        >
          <Hash size={18} aria-hidden="true" className={styles.sign} />
          <span className={styles.name}>{channel.name}</span>
          {isUnread ? <Hidden>{t('unread', unread)}</Hidden> : null}
          {mentions > 0 ? (
            <span className={styles.badge} aria-hidden="true">
              {t('count', mentions)}
            </span>
          ) : isUnread ? (
            <span className={styles.dot} aria-hidden="true" />
          ) : null}
        </Link>
      </li>
    </RightClickMenu>
  );
});

function useChannelMenu(channel: Channel, isUnread: boolean): MenuGroups {
  const client = useClient();
  const open = useDialogs();
  const say = useToast();
  const serverId = channel.server_id ?? '';
  const mayManage = useSelect((state) => can(select.permissions(state, serverId), Permission.MANAGE_CHANNELS));
  const { last_message_id: lastId } = channel;
  const copyLink = async (): Promise<void> => {
    await navigator.clipboard.writeText(new URL(paths.channel(serverId, channel.id), location.origin).href);
    say(t('copied'));
  };
  return [
    isUnread && lastId !== null
      ? [
          {
            key: 'read',
            label: t('channel.markRead'),
            icon: <CheckCheck size={16} />,
            onChoose: () => client.ack(channel.id, lastId),
          },
        ]
      : [],
    [
      {
        key: 'link',
        label: t('channel.copyLink'),
        icon: <Link2 size={16} />,
        onChoose: () => void copyLink().catch(() => say(t('copy.failed'))),
      },
    ],
    mayManage
      ? [
          {
            key: 'edit',
            label: t('channel.edit'),
            icon: <Pencil size={16} />,
            onChoose: () => open({ kind: 'edit-channel', channelId: channel.id }),
          },
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
}
