import { type State, select } from '@snug/client';
import type { Channel } from '@snug/protocol';
import { Hash, Users } from 'lucide-react';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { ThreadBeginning } from '../threads/ThreadBeginning.tsx';
import styles from './Beginning.module.css';

/** Where a channel's history starts. */
export function Beginning({ channel, isEmpty }: { channel: Channel; isEmpty: boolean }) {
  if (channel.parent_id !== undefined) return <ThreadBeginning thread={channel} isEmpty={isEmpty} />;
  if (channel.type === 'group_dm') return <GroupBeginning channel={channel} isEmpty={isEmpty} />;
  return <ChannelBeginning channel={channel} isEmpty={isEmpty} />;
}

function ChannelBeginning({ channel, isEmpty }: { channel: Channel; isEmpty: boolean }) {
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

function GroupBeginning({ channel, isEmpty }: { channel: Channel; isEmpty: boolean }) {
  const title = useSelect((state) => select.channelTitle(state, channel.id));
  const names = useSelect((state) => othersIn(state, channel), sameList);
  return (
    <div className={styles.beginning}>
      <span className={styles.sign} aria-hidden="true">
        <Users size={30} />
      </span>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.note}>{t('group.beginning', names)}</p>
      {isEmpty ? <p className={styles.note}>{t('beginning.empty')}</p> : null}
    </div>
  );
}

function othersIn(state: State, { recipient_ids: ids = [] }: Channel): string[] {
  return ids.filter((id) => id !== state.me?.id).map((id) => select.userName(state, id));
}
