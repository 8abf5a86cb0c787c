import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { memo } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { join } from '../../ui/join.ts';
import { usePanes } from '../shell/panes.ts';
import { Face } from '../users/Face.tsx';
import styles from './DmSidebar.module.css';

/** One conversation: who it is with, whether they are about, what is unread. */
export const DmLink = memo(function DmLink({ channel, isOpen }: { channel: Channel; isOpen: boolean }) {
  const panes = usePanes();
  const title = useSelect((state) => select.channelTitle(state, channel.id));
  const otherId = useSelect((state) => select.dmPartner(state, channel));
  const unread = useSelect((state) => state.reads.get(channel.id)?.unread ?? 0);
  const custom = useSelect((state) => state.users.get(otherId)?.custom_status ?? '');
  const isUnread = unread > 0 && !isOpen;
  return (
    <li>
      <Link
        href={paths.dm(channel.id)}
        className={join(styles.link, isOpen && styles.open, isUnread && styles.unread)}
        aria-current={isOpen ? 'page' : undefined}
        onClick={() => panes.setDrawer('none')}
      >
        <Face userId={otherId} name={title} size={32} />
        <span className={styles.who}>
          <span className={styles.name}>{title}</span>
          {custom === '' ? null : <span className={styles.status}>{custom}</span>}
        </span>
        {isUnread ? <Hidden>{t('unread', unread)}</Hidden> : null}
        {isUnread ? (
          <span className={styles.badge} aria-hidden="true">
            {t('count', unread)}
          </span>
        ) : null}
      </Link>
    </li>
  );
});
