import { ArrowLeft } from 'lucide-react';
import { Link } from 'wouter';
import { recall } from '../../app/local-memory.ts';
import { paths } from '../../app/paths.ts';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { join } from '../../ui/join.ts';
import { usePanes } from '../shell/panes.ts';
import type { Place } from '../shell/place.ts';
import styles from './ServerSettingsNav.module.css';
import { openTabs } from './settings-tabs.ts';

/** The pages of a server's settings, where its channels stand otherwise, and the way back to those. */
export function ServerSettingsNav({ place }: { place: Extract<Place, { kind: 'settings' }> }) {
  const { serverId } = place;
  const panes = usePanes();
  const tabs = useSelect((state) => openTabs(state, serverId), sameList);
  const name = useSelect((state) => state.servers.get(serverId)?.name ?? '');
  const last = recall(`last.${serverId}`);
  const lastId = useSelect((state) => (last !== null && state.channels.has(last) ? last : null));
  const current = place.tab === 'categories' ? 'channels' : (place.tab ?? tabs[0]);
  return (
    <nav className={styles.sidebar} aria-label={t('serverSettings.nav')}>
      <Link
        href={lastId === null ? paths.server(serverId) : paths.channel(serverId, lastId)}
        className={styles.back}
        onClick={() => panes.setDrawer('none')}
      >
        <ArrowLeft size={18} aria-hidden="true" />
        <span>{t('serverSettings.back', name)}</span>
      </Link>
      <ul className={styles.tabs}>
        {tabs.map((tab) => (
          <li key={tab}>
            <Link
              href={paths.serverSettings(serverId, tab)}
              className={join(styles.tab, tab === current && styles.open)}
              aria-current={tab === current ? 'page' : undefined}
              onClick={() => panes.setDrawer('none')}
            >
              {t(`serverSettings.${tab}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
