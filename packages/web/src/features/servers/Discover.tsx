import { t } from '../../strings/t.ts';
import { JoinPublic } from './JoinPublic.tsx';
import { PublicServers } from './PublicServers.tsx';
import { SettingsPage } from './SettingsPage.tsx';

/** Public servers, in the app. */
export function Discover() {
  return (
    <SettingsPage title={t('discover.title')} note={t('discover.note')}>
      <PublicServers way={(server) => <JoinPublic server={server} />} />
    </SettingsPage>
  );
}
