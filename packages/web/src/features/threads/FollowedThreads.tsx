import { type State, select } from '@snug/client';
import type { Channel, Id } from '@snug/protocol';
import { Link, useRoute } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { usePanes } from '../shell/panes.ts';
import styles from './FollowedThreads.module.css';

/** Under a channel in the list of its server: those of its threads that one follows, and the one that is open. */
export function FollowedThreads({ channel }: { channel: Channel }) {
  const [, place] = useRoute('/app/s/:serverId/:channelId/:messageId?');
  const openId = place?.channelId ?? null;
  const threads = useSelect((state) => shown(state, channel.id, openId), sameList);
  if (threads.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('thread.of', channel.name)}>
      {threads.map((thread) => (
        <ThreadItem key={thread.id} thread={thread} isOpen={thread.id === openId} />
      ))}
    </ul>
  );
}

function shown(state: State, channelId: Id, openId: Id | null): readonly Channel[] {
  const live = select.threadsOf(state, channelId);
  const followed = live.filter(({ id }) => state.followedThreads.has(id) || id === openId);
  const open = openId === null ? undefined : state.channels.get(openId);
  return open?.parent_id === channelId && !followed.includes(open) ? [...followed, open] : followed;
}

function ThreadItem({ thread, isOpen }: { thread: Channel; isOpen: boolean }) {
  const panes = usePanes();
  const badge = useSelect(
    (state) => select.channelBadge(state, thread.id, Date.now()),
    (a, b) => a.count === b.count && a.hasUnread === b.hasUnread && a.isMuted === b.isMuted,
  );
  const isUnread = badge.hasUnread && !isOpen;
  return (
    <li>
      <Link
        href={paths.channel(thread.server_id ?? '', thread.id)}
        className={join(styles.link, isOpen && styles.open, isUnread && styles.unread)}
        aria-current={isOpen ? 'page' : undefined}
        onClick={() => panes.setDrawer('none')}
      >
        <span className={styles.name}>{thread.name}</span>
        {badge.count > 0 ? (
          <span className={styles.badge}>
            {t('count', badge.count)}
            <Hidden>{t('badge.mentions')}</Hidden>
          </span>
        ) : isUnread ? (
          <Hidden>{t('badge.unread')}</Hidden>
        ) : null}
      </Link>
    </li>
  );
}
