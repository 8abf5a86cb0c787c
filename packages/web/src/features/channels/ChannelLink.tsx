import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { memo } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sameFields } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { RightClickMenu } from '../../ui/Menu.tsx';
import { usePanes } from '../shell/panes.ts';
import { FollowedThreads } from '../threads/FollowedThreads.tsx';
import styles from './ChannelLink.module.css';
import { ChannelMarks, ChannelSign } from './ChannelSign.tsx';
import { useChannelMenu } from './use-channel-menu.tsx';

/** One channel in the list of its server. What is unread stands bright, with a mark at its end. */
export const ChannelLink = memo(function ChannelLink({ channel, isOpen }: { channel: Channel; isOpen: boolean }) {
  const unread = useSelect((state) => state.reads.get(channel.id)?.unread ?? 0);
  const badge = useSelect((state) => select.channelBadge(state, channel.id, Date.now()), sameFields);
  const panes = usePanes();
  const serverId = channel.server_id ?? '';
  const isUnread = unread > 0 && !isOpen;
  return (
    <RightClickMenu groups={useChannelMenu(channel)} label={t('channel.menu', channel.name)}>
      <li>
        <Link
          href={paths.channel(serverId, channel.id)}
          className={join(styles.link, isOpen && styles.open, badge.isMuted ? styles.muted : isUnread && styles.unread)}
          aria-current={isOpen ? 'page' : undefined}
          onClick={() => panes.setDrawer('none')}
        >
          <ChannelSign channel={channel} size={18} />
          <span className={styles.name}>{channel.name}</span>
          <ChannelMarks channel={channel} />
          {isUnread ? <Hidden>{t('unread', unread)}</Hidden> : null}
          {badge.isMuted ? <Hidden>{t('badge.muted')}</Hidden> : null}
          {badge.count > 0 ? (
            <span className={styles.badge}>
              {t('count', badge.count)}
              <Hidden>{t('badge.mentions')}</Hidden>
            </span>
          ) : isUnread && badge.hasUnread ? (
            <span className={styles.dot} aria-hidden="true" />
          ) : null}
        </Link>
        <FollowedThreads channel={channel} />
      </li>
    </RightClickMenu>
  );
});
