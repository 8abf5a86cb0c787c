import { Ellipsis } from 'lucide-react';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { EmojiPicker } from '../reactions/EmojiPicker.tsx';
import styles from './MessageTools.module.css';
import type { MessageMenu } from './use-message-menu.tsx';

export interface MessageToolsProps {
  menu: MessageMenu;
  isPicking: boolean;
  onPicking: (isPicking: boolean) => void;
  onReact: (emoji: string, isOn: boolean, isSuper: boolean) => void;
}

/** The few things one does with a message most, over its corner; the rest behind the dots. */
export function MessageTools({ menu, isPicking, onPicking, onReact }: MessageToolsProps) {
  const { react, reply, edit } = menu.read();
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('message.tools')}>
      {react === null ? null : (
        <EmojiPicker
          isOpen={isPicking}
          onOpenChange={onPicking}
          onPick={(emoji, isSuper) => onReact(emoji, true, isSuper)}
        >
          <button type="button" className={styles.more} aria-label={react.label} title={react.label}>
            {react.icon}
          </button>
        </EmojiPicker>
      )}
      {[reply, edit].map((entry) =>
        entry === null ? null : (
          <IconButton key={entry.key} label={entry.label} isSmall onClick={entry.onChoose}>
            {entry.icon}
          </IconButton>
        ),
      )}
      <Menu groups={() => menu.read().groups} label={t('message.more')} align="end">
        <button type="button" className={styles.more} aria-label={t('message.more')}>
          <Ellipsis size={18} aria-hidden="true" />
        </button>
      </Menu>
    </div>
  );
}
