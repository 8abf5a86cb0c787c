import { select } from '@snug/client';
import type { Id, Message } from '@snug/protocol';
import { ArrowLeft, ArrowRight, Pin } from 'lucide-react';
import { sayClock, sayExact } from '../../app/say-time.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import styles from './SystemItem.module.css';

const ICONS = { system_join: ArrowRight, system_leave: ArrowLeft, channel_pinned: Pin } as const;

/** A line that the system tells: somebody came, left, or pinned something. */
export function SystemItem({ message, serverId, at }: { message: Message; serverId: Id | null; at: Date }) {
  const name = useSelect((state) => select.memberName(state, serverId, message.author_id));
  const type = message.type === 'default' || message.type === 'reply' ? 'system_join' : message.type;
  const Icon = ICONS[type];
  return (
    <div className={styles.line} data-row={message.id} tabIndex={-1}>
      <Icon size={15} aria-hidden="true" />
      <p>{t(`message.${type}`, name)}</p>
      <time dateTime={message.created_at} title={sayExact(at)}>
        {sayClock(at)}
      </time>
    </div>
  );
}
