import { select } from '@snug/client';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import type { Place } from '../shell/place.ts';
import { DmLink } from './DmLink.tsx';
import styles from './DmSidebar.module.css';

/** The conversations without a server, the latest first. */
export function DmSidebar({ place }: { place: Exclude<Place, { kind: 'server' }> }) {
  const isReady = useSelect((state) => state.ready);
  const channels = useSelect(select.dmChannels);
  const openId = place.kind === 'dm' ? place.channelId : null;
  return (
    <nav className={styles.sidebar} aria-label={t('dms')}>
      <h2 className={styles.title}>{t('dms')}</h2>
      {isReady ? null : <Bones kind="people" count={5} label={t('loading')} />}
      {isReady && channels.length === 0 ? <p className={styles.none}>{t('dms.none')}</p> : null}
      <ul className={styles.list}>
        {channels.map((channel) => (
          <DmLink key={channel.id} channel={channel} isOpen={channel.id === openId} />
        ))}
      </ul>
    </nav>
  );
}
