import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { Compass, DoorOpen, MessageCircle, Plus } from 'lucide-react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sameFields } from '../../app/same.ts';
import { useDiscovery } from '../../app/use-discovery.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { initials, tone } from '../../ui/initials.ts';
import { join } from '../../ui/join.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import tones from '../../ui/tones.module.css';
import { useDialogs } from '../shell/dialogs.ts';
import type { Place } from '../shell/place.ts';
import { Picture } from './ServerIcon.tsx';
import styles from './ServerRail.module.css';

/** Every server as a window; the one that is open is lit. */
export function ServerRail({ place }: { place: Place }) {
  const order = useSelect((state) => state.serverOrder);
  return (
    <nav className={styles.rail} aria-label={t('servers')}>
      <ul className={styles.list}>
        <li>
          <HomeLink isOpen={place.kind === 'home' || place.kind === 'dm' || place.kind === 'page'} />
        </li>
        <li className={styles.rule} aria-hidden="true" />
        {order.map((id) => (
          <li key={id}>
            <ServerLink id={id} isOpen={isIn(place, id)} />
          </li>
        ))}
        <Ways place={place} />
      </ul>
    </nav>
  );
}

/** The ways to more servers: a new one, an invite, those that are public. */
function Ways({ place }: { place: Place }) {
  const open = useDialogs();
  const isAdmin = useSelect((state) => state.isAdmin);
  const mayCreate = useDiscovery()?.server_creation !== 'admins' || isAdmin;
  return (
    <>
      {mayCreate ? (
        <li>
          <Tooltip words={t('server.create')} side="right">
            <button
              type="button"
              className={styles.add}
              aria-label={t('server.create')}
              onClick={() => open({ kind: 'create-server' })}
            >
              <Plus size={22} aria-hidden="true" />
            </button>
          </Tooltip>
        </li>
      ) : null}
      <li>
        <Tooltip words={t('server.join')} side="right">
          <button
            type="button"
            className={styles.add}
            aria-label={t('server.join')}
            onClick={() => open({ kind: 'join-server' })}
          >
            <DoorOpen size={20} aria-hidden="true" />
          </button>
        </Tooltip>
      </li>
      <li>
        <Tooltip words={t('discover.link')} side="right">
          <Link
            href={paths.discover}
            className={join(styles.add, place.kind === 'discover' && styles.open)}
            aria-label={t('discover.link')}
            aria-current={place.kind === 'discover' ? 'page' : undefined}
          >
            <Compass size={20} aria-hidden="true" />
          </Link>
        </Tooltip>
      </li>
    </>
  );
}

function isIn(place: Place, serverId: Id): boolean {
  return (place.kind === 'server' || place.kind === 'settings') && place.serverId === serverId;
}

function HomeLink({ isOpen }: { isOpen: boolean }) {
  const badge = useSelect((state) => select.conversationsBadge(state, Date.now()), sameFields);
  const asked = useSelect((state) => select.incoming(state).length);
  const count = badge.count + asked;
  return (
    <Tooltip words={t('dms')} side="right">
      <Link
        href={paths.app}
        className={join(styles.server, styles.home, isOpen && styles.open)}
        aria-current={isOpen ? 'page' : undefined}
        aria-label={count > 0 ? t('server.unread', t('dms'), count) : t('dms')}
      >
        <MessageCircle size={22} aria-hidden="true" />
        {count > 0 ? <span className={styles.badge}>{t('count', count)}</span> : null}
      </Link>
    </Tooltip>
  );
}

function ServerLink({ id, isOpen }: { id: Id; isOpen: boolean }) {
  const name = useSelect((state) => state.servers.get(id)?.name ?? '');
  const icon = useSelect((state) => state.servers.get(id)?.icon_url ?? '');
  const badge = useSelect((state) => select.serverBadge(state, id, Date.now()), sameFields);
  const words = badge.isMuted ? `${name}, ${t('badge.muted')}` : sayBadge(name, badge);
  return (
    <Tooltip words={name} side="right">
      <Link
        href={paths.server(id)}
        className={join(styles.server, tones[`tone${tone(id)}`], isOpen && styles.open, badge.isMuted && styles.muted)}
        aria-current={isOpen ? 'page' : undefined}
      >
        <span aria-hidden="true">{initials(name)}</span>
        <Picture key={icon} url={icon} className={styles.picture} />
        <Hidden>{words}</Hidden>
        {badge.count > 0 ? (
          <span className={styles.badge} aria-hidden="true">
            {t('count', badge.count)}
          </span>
        ) : badge.hasUnread && !isOpen ? (
          <span className={styles.dot} aria-hidden="true" />
        ) : null}
      </Link>
    </Tooltip>
  );
}

function sayBadge(name: string, { count, hasUnread }: { count: number; hasUnread: boolean }): string {
  if (count > 0) return t('server.mentions', name, count);
  return hasUnread ? t('server.quietUnread', name) : name;
}
