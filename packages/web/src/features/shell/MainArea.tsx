import { select } from '@snug/client';
import { can, Permission } from '@snug/protocol';
import { MessagesSquare } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { Redirect } from 'wouter';
import { recall } from '../../app/local-memory.ts';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Bones } from '../../ui/Bones.tsx';
import { Button } from '../../ui/Button.tsx';
import { ChannelView } from '../channels/ChannelView.tsx';
import { GroupsPage } from '../dms/GroupsPage.tsx';
import { InboxPage } from '../inbox/InboxPage.tsx';
import { FriendsPage } from '../people/FriendsPage.tsx';
import { Discover } from '../servers/Discover.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { useDialogs } from './dialogs.ts';
import styles from './MainArea.module.css';
import { MenuButton } from './MenuButton.tsx';
import { channelAt, type Place } from './place.ts';
import { useUnlisted } from './use-unlisted.ts';

/** Who only talks need not load it. */
const ServerSettings = lazy(async () => ({
  default: (await import('../servers/ServerSettings.tsx')).ServerSettings,
}));

/** What stands beside the lists: a conversation, or words about why there is none. */
export function MainArea({ place }: { place: Place }) {
  const isReady = useSelect((state) => state.ready);
  const channelId = channelAt(place);
  const channel = useSelect((state) => (channelId === null ? undefined : state.channels.get(channelId)));
  const hasServer = useSelect(
    (state) => (place.kind !== 'server' && place.kind !== 'settings') || state.servers.has(place.serverId),
  );
  const isLooking = useUnlisted(channelId, isReady && hasServer && channel === undefined);
  if (!isReady || isLooking) return <Opening />;
  if (place.kind === 'home') return <Home />;
  if (place.kind === 'page') return <HomePage page={place.page} tab={place.tab} />;
  if (place.kind === 'discover') return <Discover />;
  if (place.kind === 'settings' && hasServer) {
    return (
      <Suspense fallback={<Opening />}>
        <ServerSettings place={place} />
      </Suspense>
    );
  }
  const belongs = place.kind === 'server' ? channel?.server_id === place.serverId : channel?.server_id === undefined;
  if (!hasServer || (channelId !== null && (channel === undefined || !belongs))) return <Nowhere />;
  if (channel === undefined) return <FirstChannel serverId={place.kind === 'server' ? place.serverId : ''} />;
  const messageId = place.kind === 'server' || place.kind === 'dm' ? place.messageId : null;
  return <ChannelView key={channel.id} channel={channel} messageId={messageId} />;
}

function HomePage({ page, tab }: Pick<Extract<Place, { kind: 'page' }>, 'page' | 'tab'>) {
  switch (page) {
    case 'friends':
      return <FriendsPage tab={tab} />;
    case 'inbox':
      return <InboxPage />;
    case 'groups':
      return <GroupsPage />;
  }
}

function Frame(props: { children: ReactNode }) {
  return (
    <main className={styles.main} id="main" tabIndex={-1}>
      <header className={styles.bar}>
        <MenuButton />
      </header>
      <ConnectionBanner />
      <div className={styles.middle}>{props.children}</div>
    </main>
  );
}

function Opening() {
  return (
    <Frame>
      <div className={styles.bones}>
        <Bones kind="messages" count={7} label={t('loading')} />
      </div>
    </Frame>
  );
}

function Nowhere() {
  return (
    <Frame>
      <Blank title={t('notFound.title')} note={t('notFound.note')} />
    </Frame>
  );
}

/** Opens the channel that was open last, or the first there is. */
function FirstChannel({ serverId }: { serverId: string }) {
  const open = useDialogs();
  const channels = useSelect((state) => select.serverChannels(state, serverId));
  const mayCreate = useSelect((state) => can(select.permissions(state, serverId), Permission.MANAGE_CHANNELS));
  const last = recall(`last.${serverId}`);
  const first = channels.find((channel) => channel.id === last) ?? channels[0];
  if (first !== undefined) return <Redirect to={paths.channel(serverId, first.id)} replace />;
  return (
    <Frame>
      <Blank
        icon={<MessagesSquare size={36} />}
        title={mayCreate ? t('server.empty.title') : t('server.unseen.title')}
        note={mayCreate ? t('server.empty.note') : t('server.unseen.note')}
      >
        {mayCreate ? (
          <Button kind="primary" onClick={() => open({ kind: 'create-channel', serverId })}>
            {t('channel.create')}
          </Button>
        ) : null}
      </Blank>
    </Frame>
  );
}

function Home() {
  const open = useDialogs();
  const hasServers = useSelect((state) => state.servers.size > 0);
  const name = useSelect((state) => state.me?.display_name ?? '');
  return (
    <Frame>
      <Blank
        icon={<MessagesSquare size={36} />}
        title={hasServers ? t('home.title') : t('home.first.title', name)}
        note={hasServers ? t('home.note') : t('home.first.note')}
      >
        <Button kind={hasServers ? 'quiet' : 'primary'} onClick={() => open({ kind: 'create-server' })}>
          {t('server.create')}
        </Button>
        <Button onClick={() => open({ kind: 'join-server' })}>{t('server.join')}</Button>
      </Blank>
    </Frame>
  );
}
