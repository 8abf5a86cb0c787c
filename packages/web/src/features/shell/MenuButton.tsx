import { type State, select } from '@snug/client';
import { Menu } from 'lucide-react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './MenuButton.module.css';
import { usePanes } from './panes.ts';

/** On a narrow screen: the way to servers and channels, with a mark when something is unread there. */
export function MenuButton() {
  const panes = usePanes();
  const hasNews = useSelect(isCalled);
  if (!panes.isNarrow) return null;
  return (
    <span className={styles.menu}>
      <IconButton
        label={t('shell.menu')}
        side="bottom"
        aria-expanded={panes.drawer === 'navigation'}
        aria-controls="navigation"
        onClick={() => panes.setDrawer('navigation')}
      >
        <Menu size={20} aria-hidden="true" />
      </IconButton>
      {hasNews ? <span className={styles.dot} /> : null}
      {hasNews ? <Hidden>{t('badge.unread')}</Hidden> : null}
    </span>
  );
}

/** Something is unread there that is not muted, or somebody asks to be a friend. */
function isCalled(state: State): boolean {
  const { hasUnread, count } = select.totalBadge(state, Date.now());
  return hasUnread || count > 0 || select.incoming(state).length > 0;
}
