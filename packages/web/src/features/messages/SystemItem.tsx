import type { Id, Message } from '@snug/protocol';
import { ArrowLeft, ArrowRight, Pin } from 'lucide-react';
import { sayClock, sayExact } from '../../app/say-time.ts';
import { t } from '../../strings/t.ts';
import { useMemberName } from '../users/use-member-name.ts';
import styles from './SystemItem.module.css';

const ICONS = { system_join: ArrowRight, system_leave: ArrowLeft, channel_pinned: Pin } as const;

export interface SystemItemProps {
  message: Message;
  serverId: Id | null;
  at: Date;
  onJump: (id: Id) => void;
}

/** A line that the system tells: somebody came, left, or pinned something. */
export function SystemItem({ message, serverId, at, onJump }: SystemItemProps) {
  const name = useMemberName(serverId, message.author_id);
  const { reply_to_id: pinnedId } = message;
  const type = message.type === 'default' || message.type === 'reply' ? 'system_join' : message.type;
  const Icon = ICONS[type];
  return (
    <div className={styles.line} data-row={message.id} tabIndex={-1}>
      <Icon size={15} aria-hidden="true" />
      <p>{t(`message.${type}`, name)}</p>
      {type === 'channel_pinned' && pinnedId !== undefined ? (
        <button type="button" className={styles.show} onClick={() => onJump(pinnedId)}>
          {t('message.pinned.show')}
        </button>
      ) : null}
      <time dateTime={message.created_at} title={sayExact(at)}>
        {sayClock(at)}
      </time>
    </div>
  );
}
