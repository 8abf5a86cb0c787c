import { select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { Hash } from 'lucide-react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import styles from './Beginning.module.css';

/** Where a channel's history starts. */
export function Beginning({ channel, isEmpty }: { channel: Channel; isEmpty: boolean }) {
  const title = useSelect((state) => select.channelTitle(state, channel.id));
  const otherId = useSelect((state) => select.dmPartner(state, channel));
  const isDm = channel.server_id === undefined;
  return (
    <div className={styles.beginning}>
      {isDm ? (
        <Avatar id={otherId} name={title} size={64} />
      ) : (
        <span className={styles.sign} aria-hidden="true">
          <Hash size={30} />
        </span>
      )}
      <h2 className={styles.title}>{isDm ? title : t('beginning.title', title)}</h2>
      <p className={styles.note}>{isDm ? t('beginning.dm', title) : t('beginning.note', title)}</p>
      {isEmpty ? <p className={styles.note}>{t('beginning.empty')}</p> : null}
    </div>
  );
}
