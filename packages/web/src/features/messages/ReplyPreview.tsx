import { select } from '@snug/client';
import type { Id, Message } from '@snug/protocol';
import { CornerUpRight } from 'lucide-react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import styles from './ReplyPreview.module.css';
import { usePlain } from './use-plain.ts';

/** What a message answers, in one line above it; pressing it goes there. */
export function ReplyPreview(props: { message: Message; serverId: Id | null; onJump: (id: Id) => void }) {
  const { message, serverId, onJump } = props;
  const original = useSelect((state) => select.repliedTo(state, message));
  const name = useSelect((state) => (original === null ? '' : select.memberName(state, serverId, original.author_id)));
  const words = usePlain(original?.content ?? '', serverId);
  if (original === null) {
    return (
      <p className={styles.reply}>
        <CornerUpRight size={15} aria-hidden="true" />
        {t('reply.gone')}
      </p>
    );
  }
  return (
    <button type="button" className={styles.reply} onClick={() => onJump(original.id)}>
      <CornerUpRight size={15} aria-hidden="true" />
      <Avatar id={original.author_id} name={name} size={20} />
      <span className={styles.name}>{t('reply.to', name)}</span>
      <span className={styles.text}>{words}</span>
    </button>
  );
}
