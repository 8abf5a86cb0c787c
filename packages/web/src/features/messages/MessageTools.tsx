import { Ellipsis } from 'lucide-react';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import styles from './MessageTools.module.css';
import type { MessageMenu } from './use-message-menu.tsx';

/** The few things one does with a message most, over its corner; the rest behind the dots. */
export function MessageTools({ menu }: { menu: MessageMenu }) {
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('message.tools')}>
      {[menu.reply, menu.edit].map((entry) =>
        entry === null ? null : (
          <IconButton key={entry.key} label={entry.label} isSmall onClick={entry.onChoose}>
            {entry.icon}
          </IconButton>
        ),
      )}
      <Menu groups={menu.groups} label={t('message.more')} align="end">
        <button type="button" className={styles.more} aria-label={t('message.more')}>
          <Ellipsis size={18} aria-hidden="true" />
        </button>
      </Menu>
    </div>
  );
}
