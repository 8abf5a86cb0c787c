import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import styles from './Tooltip.module.css';

/** Wraps the page once, so that moving from one control to the next shows its words at once. */
export function TooltipArea(props: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={250}>
      {props.children}
    </Radix.Provider>
  );
}

export function Tooltip(props: { words: string; children: ReactElement; side?: 'top' | 'right' | 'bottom' | 'left' }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{props.children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.tooltip} side={props.side ?? 'top'} sideOffset={6} collisionPadding={8}>
          {props.words}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
