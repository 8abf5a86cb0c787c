import { select } from '@snug/client';
import type { Id, Message } from '@snug/protocol';
import { MessagesSquare } from 'lucide-react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import styles from './ThreadLink.module.css';

/** Under a message that a thread began from: the way into it, and how much was said there. */
export function ThreadLink({ message, serverId }: { message: Message; serverId: Id | null }) {
  const thread = useSelect((state) => select.threadOfMessage(state, message));
  const unread = useSelect((state) => (thread === null ? 0 : (state.reads.get(thread.id)?.unread ?? 0)));
  if (thread === null || serverId === null) return null;
  const count = thread.message_count ?? 0;
  return (
    <Link href={paths.channel(serverId, thread.id)} className={styles.link}>
      <MessagesSquare size={15} aria-hidden="true" />
      <Hidden>{t('thread')}</Hidden>
      <span className={styles.name}>{thread.name}</span>
      <span className={styles.count}>{t('thread.replies', count)}</span>
      {unread > 0 ? (
        <span className={styles.dot}>
          <Hidden>{t('badge.unread')}</Hidden>
        </span>
      ) : null}
    </Link>
  );
}
