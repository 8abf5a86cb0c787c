import { select } from '@snug/client';
import { AtSign, Compass, Plus, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { Hidden } from '../../ui/Hidden.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { join } from '../../ui/join.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { usePanes } from '../shell/panes.ts';
import type { Place } from '../shell/place.ts';
import { DmLink } from './DmLink.tsx';
import styles from './DmSidebar.module.css';
import { usePreviews } from './use-previews.ts';

/** What is yours beside the servers: friends, mentions, open groups, and the conversations, the latest first. */
export function DmSidebar({ place }: { place: Exclude<Place, { kind: 'server' }> }) {
  const open = useDialogs();
  const isReady = useSelect((state) => state.ready);
  const channels = useSelect(select.dmChannels);
  const asked = useSelect((state) => select.incoming(state).length);
  const previews = usePreviews();
  const openId = place.kind === 'dm' ? place.channelId : null;
  const page = place.kind === 'page' ? place.page : null;
  return (
    <nav className={styles.sidebar} aria-label={t('dms')}>
      <ul className={styles.pages}>
        <PageLink href={paths.friends()} isOpen={page === 'friends'} label={t('friends')} count={asked}>
          <UserRound size={19} aria-hidden="true" />
        </PageLink>
        <PageLink href={paths.inbox} isOpen={page === 'inbox'} label={t('inbox')}>
          <AtSign size={19} aria-hidden="true" />
        </PageLink>
        <PageLink href={paths.groups} isOpen={page === 'groups'} label={t('groups')}>
          <Compass size={19} aria-hidden="true" />
        </PageLink>
      </ul>
      <div className={styles.heading}>
        <h2>{t('dms')}</h2>
        <IconButton label={t('dms.group.new')} isSmall onClick={() => open({ kind: 'create-group' })}>
          <Plus size={17} aria-hidden="true" />
        </IconButton>
      </div>
      {isReady ? null : <Bones kind="people" count={5} label={t('loading')} />}
      {isReady && channels.length === 0 ? <p className={styles.none}>{t('dms.none')}</p> : null}
      <ul className={styles.list}>
        {channels.map((channel) => (
          <DmLink
            key={channel.id}
            channel={channel}
            isOpen={channel.id === openId}
            preview={previews.get(channel.id)}
          />
        ))}
      </ul>
    </nav>
  );
}

interface PageLinkProps {
  href: string;
  isOpen: boolean;
  label: string;
  /** How many wait there for an answer. */
  count?: number;
  children: ReactNode;
}

function PageLink({ href, isOpen, label, count = 0, children }: PageLinkProps) {
  const panes = usePanes();
  return (
    <li>
      <Link
        href={href}
        className={join(styles.page, isOpen && styles.open)}
        aria-current={isOpen ? 'page' : undefined}
        onClick={() => panes.setDrawer('none')}
      >
        {children}
        <span className={styles.name}>{label}</span>
        {count > 0 ? (
          <span className={styles.badge}>
            {t('count', count)}
            <Hidden>{t('friends.incoming')}</Hidden>
          </span>
        ) : null}
      </Link>
    </li>
  );
}
