import { select } from '@snug/client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { recall, remember } from '../../app/local-memory.ts';
import { sameFields } from '../../app/same.ts';
import { useMedia } from '../../app/use-media.ts';
import { useSelect } from '../../app/use-snug.ts';
import { useTitle } from '../../app/use-title.ts';
import { t } from '../../strings/t.ts';
import { join } from '../../ui/join.ts';
import { DmSidebar } from '../dms/DmSidebar.tsx';
import { ServerRail } from '../servers/ServerRail.tsx';
import { ServerSettingsNav } from '../servers/ServerSettingsNav.tsx';
import { ServerSidebar } from '../servers/ServerSidebar.tsx';
import { UserPanel } from '../users/UserPanel.tsx';
import { DialogHost } from './DialogHost.tsx';
import { DialogsProvider, type OpenDialog } from './dialogs.ts';
import { MainArea } from './MainArea.tsx';
import { type Drawer, type Panes, PanesProvider } from './panes.ts';
import { channelAt, type Place } from './place.ts';
import styles from './Rooms.module.css';

/** Blueprint's four areas: servers, channels, messages and members. The last belongs to the main area. */
export function Rooms({ place }: { place: Place }) {
  const panes = usePanesState(place);
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  useShortcuts(setDialog);
  useTitle(usePageTitle(place));
  const isHidden = panes.isNarrow && panes.drawer !== 'navigation';
  return (
    <PanesProvider value={panes}>
      <DialogsProvider value={setDialog}>
        <div className={styles.rooms}>
          <SkipLink place={place} />
          <div className={join(styles.navigation, isHidden && styles.away)} inert={isHidden} id="navigation">
            <ServerRail place={place} />
            <div className={styles.sidebar}>
              <Sidebar place={place} />
              <UserPanel />
            </div>
          </div>
          {panes.drawer === 'none' ? null : (
            <button
              type="button"
              className={styles.scrim}
              aria-label={t('close')}
              onClick={() => panes.setDrawer('none')}
            />
          )}
          <MainArea place={place} />
        </div>
        <DialogHost dialog={dialog} onClose={() => setDialog(null)} />
      </DialogsProvider>
    </PanesProvider>
  );
}

/** The first stop of the keyboard: past the lists, to where one writes, or to the page. */
function SkipLink({ place }: { place: Place }) {
  const isTalk = place.kind === 'server' || place.kind === 'dm';
  return (
    <a className={styles.skip} href={isTalk ? '#composer' : '#main'}>
      {isTalk ? t('shell.skip') : t('shell.skip.page')}
    </a>
  );
}

function Sidebar({ place }: { place: Place }) {
  if (place.kind === 'server') return <ServerSidebar place={place} />;
  if (place.kind === 'settings') return <ServerSettingsNav place={place} />;
  return <DmSidebar place={place} />;
}

/** Which panes are in view. On a narrow screen a place without a conversation opens with the way to one. */
function usePanesState(place: Place): Panes {
  const isNarrow = useMedia('(max-width: 760px)');
  const isMedium = useMedia('(max-width: 1100px)');
  const [drawer, setDrawer] = useState<Drawer>('none');
  const [showsMembers, setShowsMembers] = useState(recall('members') !== 'hidden');
  const where = whereIn(place);
  const hasSomewhere = useSelect((state) => state.servers.size > 0 || select.dmChannels(state).length > 0);
  useEffect(() => {
    if (isNarrow && where === '' && hasSomewhere) setDrawer('navigation');
  }, [isNarrow, where, hasSomewhere]);
  // Choosing a conversation closes the drawer that it was chosen from.
  useEffect(() => {
    if (where !== '' && where !== null) setDrawer('none');
  }, [where]);
  useEffect(() => {
    if (drawer === 'none') return;
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setDrawer('none');
    };
    window.addEventListener('keydown', close);
    return () => window.removeEventListener('keydown', close);
  }, [drawer]);
  const toggleMembers = useCallback(() => {
    if (isMedium) {
      setDrawer((before) => (before === 'members' ? 'none' : 'members'));
      return;
    }
    setShowsMembers((before) => {
      remember('members', before ? 'hidden' : 'shown');
      return !before;
    });
  }, [isMedium]);
  return useMemo(
    () => ({ isNarrow, isMedium, drawer, setDrawer, showsMembers, toggleMembers }),
    [isNarrow, isMedium, drawer, showsMembers, toggleMembers],
  );
}

/** What is open, of a place; empty where nothing is yet. */
function whereIn(place: Place): string | null {
  if (place.kind === 'home') return '';
  if (place.kind === 'settings') return place.itemId ?? place.tab ?? 'settings';
  if (place.kind === 'page') return place.page;
  return place.kind === 'discover' ? 'discover' : place.channelId;
}

function useShortcuts(open: (dialog: OpenDialog) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() !== 'k' || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      open({ kind: 'switcher' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
}

function usePageTitle(place: Place): string {
  const badge = useSelect((state) => select.totalBadge(state, Date.now()), sameFields);
  const name = useSelect((state) => {
    if (place.kind === 'home') return '';
    if (place.kind === 'page') return t(place.page);
    if (place.kind === 'discover') return t('discover.title');
    if (place.kind === 'settings') return t('serverSettings.title', state.servers.get(place.serverId)?.name ?? '');
    const channelId = channelAt(place);
    const channel = channelId === null ? undefined : state.channels.get(channelId);
    const title = channel === undefined ? '' : select.channelTitle(state, channel.id);
    const server = channel?.server_id === undefined ? undefined : state.servers.get(channel.server_id);
    return server === undefined ? title : t('title.channel', title, server.name);
  });
  const page = name === '' ? t('snug') : t('title.page', name);
  // A number is for what is meant for this person; that something else is unread is a dot.
  if (badge.count > 0) return t('title.unread', badge.count, page);
  return badge.hasUnread ? t('title.dot', page) : page;
}
