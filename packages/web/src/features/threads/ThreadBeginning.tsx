import type { Channel } from '@snug/protocol';
import { MessagesSquare } from 'lucide-react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../messages/Beginning.module.css';
import { useJump } from '../messages/use-jump.ts';
import { useMemberName } from '../users/use-member-name.ts';

/** Where a thread starts: who started it, and the message that it began from. */
export function ThreadBeginning({ thread, isEmpty }: { thread: Channel; isEmpty: boolean }) {
  const jump = useJump();
  const { parent_id: parentId = '', message_id: messageId, server_id: serverId = null } = thread;
  const parent = useSelect((state) => state.channels.get(parentId)?.name ?? '');
  const starter = useMemberName(serverId, thread.owner_id ?? '');
  return (
    <div className={styles.beginning}>
      <span className={styles.sign} aria-hidden="true">
        <MessagesSquare size={30} />
      </span>
      <h2 className={styles.title}>{thread.name}</h2>
      <p className={styles.note}>{t('thread.beginning', starter, parent)}</p>
      {messageId === undefined ? null : <Button onClick={() => jump(parentId, messageId)}>{t('thread.origin')}</Button>}
      {isEmpty ? <p className={styles.note}>{t('beginning.empty')}</p> : null}
    </div>
  );
}
