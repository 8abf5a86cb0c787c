import type { Id } from '@snug/protocol';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Blank } from '../../ui/Blank.tsx';
import { buttonClass } from '../../ui/Button.tsx';
import { MenuButton } from '../shell/MenuButton.tsx';
import styles from './SettingsPage.module.css';

/** A page of settings that is not there, or not for this reader: also what one sees whose role was just taken away. */
export function SettingsClosed({ serverId }: { serverId: Id }) {
  const name = useSelect((state) => state.servers.get(serverId)?.name);
  return (
    <main className={styles.main} id="main" tabIndex={-1}>
      <header className={styles.bar}>
        <MenuButton />
      </header>
      <Blank title={t('serverSettings.closed.title')} note={t('serverSettings.closed')}>
        {name === undefined ? null : (
          <Link href={paths.server(serverId)} className={buttonClass({ kind: 'quiet' })}>
            {t('serverSettings.back', name)}
          </Link>
        )}
      </Blank>
    </main>
  );
}
