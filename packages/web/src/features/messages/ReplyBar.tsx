import { select } from '@snug/client';
import type { Channel, Id } from '@snug/protocol';
import { X } from 'lucide-react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './ReplyBar.module.css';
import { usePlain } from './use-plain.ts';

/** Over the composer: what is being answered. */
export function ReplyBar(props: { channel: Channel; messageId: Id; onCancel: () => void }) {
  const { channel, messageId, onCancel } = props;
  const message = useSelect((state) => state.messages.get(channel.id)?.get(messageId));
  const name = useSelect((state) =>
    message === undefined ? '' : select.memberName(state, channel.server_id ?? null, message.author_id),
  );
  const words = usePlain(message?.content ?? '', channel.server_id ?? null);
  return (
    <div className={styles.bar}>
      <p className={styles.words}>
        <span>{t('reply.replying')} </span>
        <strong>{name}</strong>
        <span className={styles.text}> {words}</span>
      </p>
      <IconButton label={t('reply.cancel')} isSmall onClick={onCancel}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
