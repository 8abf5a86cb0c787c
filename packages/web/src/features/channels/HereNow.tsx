import { type State, select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { Eye } from 'lucide-react';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import styles from './ChannelHeader.module.css';

/** Who else has this conversation open at the moment. */
export function HereNow({ channelId }: { channelId: Id }) {
  const names = useSelect((state) => othersHere(state, channelId), sameList);
  if (names.length === 0) return null;
  const words = t('room.here', names);
  return (
    <span className={styles.here} title={words}>
      <Eye size={15} aria-hidden="true" />
      <span aria-hidden="true">{t('count', names.length)}</span>
      <Hidden>{words}</Hidden>
    </span>
  );
}

function othersHere(state: State, channelId: Id): string[] {
  const serverId = state.channels.get(channelId)?.server_id ?? null;
  return select
    .roomOf(state, channelId)
    .filter((id) => id !== state.me?.id && !select.isBlocked(state, id))
    .map((id) => select.memberName(state, serverId, id));
}
