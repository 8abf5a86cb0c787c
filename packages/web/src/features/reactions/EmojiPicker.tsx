import { LIMITS } from '@snug/protocol';
import { Popover } from 'radix-ui';
import { type ReactElement, useState } from 'react';
import { t } from '../../strings/t.ts';
import { Check } from '../../ui/Check.tsx';
import { EmojiGrid } from './EmojiGrid.tsx';
import styles from './EmojiPicker.module.css';
import { rememberEmoji } from './recent-emoji.ts';

export interface EmojiPickerProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (emoji: string, isSuper: boolean) => void;
  /** The control that opens it. */
  children: ReactElement;
}

/** One emoji, found by the letters of its name. */
export function EmojiPicker({ isOpen, onOpenChange, onPick, children }: EmojiPickerProps) {
  const [isSuper, setIsSuper] = useState(false);
  const pick = (emoji: string): void => {
    rememberEmoji(emoji);
    onOpenChange(false);
    setIsSuper(false);
    onPick(emoji, isSuper);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.picker}
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label={t('reaction.add')}
        >
          <EmojiGrid onPick={pick} />
          <div className={styles.super}>
            <Check
              label={t('reaction.super')}
              hint={t('reaction.super.hint', LIMITS.SUPER_REACTIONS_PER_DAY)}
              checked={isSuper}
              onCheck={setIsSuper}
            />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
