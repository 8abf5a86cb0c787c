import type { User } from '@snug/protocol';
import { Check, LogOut, Settings, ShieldCheck, SmilePlus } from 'lucide-react';
import { useLocation } from 'wouter';
import { forgetAll } from '../../app/local-memory.ts';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useNowUntil } from '../../app/use-now.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu, type MenuEntry } from '../../ui/Menu.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { sayQuiet } from '../notifications/say-mute.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { Face } from './Face.tsx';
import styles from './UserPanel.module.css';
import { OWN_STATUSES, useOwnStatus } from './use-own-status.ts';

/** Who is signed in, at the foot of the lists: how they show themselves, settings, signing out. */
export function UserPanel() {
  const open = useDialogs();
  const me = useSelect((state) => state.me);
  const isAdmin = useSelect((state) => state.isAdmin);
  const [, navigate] = useLocation();
  const signOut = useSignOut();
  const [status, setStatus] = useOwnStatus();
  if (me === null) return <div className={styles.panel} />;
  const choices = OWN_STATUSES.map((choice) => ({
    key: choice,
    label: t(`status.${choice}`),
    icon: choice === status ? <Check size={16} aria-label={t('status.chosen')} /> : null,
    onChoose: () => setStatus(choice),
  }));
  return (
    <div className={styles.panel}>
      <Menu
        label={t('you.menu')}
        side="top"
        groups={[
          choices,
          [
            {
              key: 'status',
              label: t('status.edit'),
              icon: <SmilePlus size={16} />,
              onChoose: () => open({ kind: 'status' }),
            },
            {
              key: 'settings',
              label: t('settings'),
              icon: <Settings size={16} />,
              onChoose: () => open({ kind: 'settings' }),
            },
            ...(isAdmin ? [administration(navigate)] : []),
          ],
          [{ key: 'out', label: t('signOut'), icon: <LogOut size={16} />, isDanger: true, onChoose: signOut }],
        ]}
      >
        <button type="button" className={styles.me}>
          <Face userId={me.id} name={me.display_name} size={32} />
          <span className={styles.names}>
            <span className={styles.name}>{me.display_name}</span>
            <OwnLine me={me} />
          </span>
          <Hidden>{t('you.open')}</Hidden>
        </button>
      </Menu>
      <IconButton label={t('settings')} onClick={() => open({ kind: 'settings' })}>
        <Settings size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

/** One's status, or one's handle; while nothing may disturb, that. */
function OwnLine({ me }: { me: User }) {
  const until = useSelect((state) => state.settings?.dnd_until ?? null);
  const end = until === null ? null : Date.parse(until);
  const now = useNowUntil(end);
  if (until !== null && end !== null && end > now) {
    return (
      <span className={styles.handle}>
        {t('status.dnd')}, {sayQuiet(until)}
      </span>
    );
  }
  return <span className={styles.handle}>{me.custom_status === '' ? `@${me.username}` : me.custom_status}</span>;
}

function administration(navigate: (path: string) => void): MenuEntry {
  return {
    key: 'admin',
    label: t('admin'),
    icon: <ShieldCheck size={16} />,
    onChoose: () => navigate(paths.admin('accounts')),
  };
}

function useSignOut(): () => void {
  const client = useClient();
  const say = useToast();
  const [, navigate] = useLocation();
  return () => {
    client.session.logout().catch((error: unknown) => say(t('signOut.only', sayError(error))));
    forgetAll();
    navigate(paths.landing);
  };
}
