import { type ButtonHTMLAttributes, type Ref, useContext } from 'react';
import styles from './IconButton.module.css';
import { InDialog } from './in-dialog.ts';
import { join } from './join.ts';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** What it does: its name and its tooltip. */
  label: string;
  side?: 'top' | 'right' | 'bottom' | 'left';
  isSmall?: boolean;
  isDanger?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ label, side, isSmall, isDanger, className, ref, ...rest }: IconButtonProps) {
  const look = join(styles.button, isSmall === true && styles.small, isDanger === true && styles.danger, className);
  const isInDialog = useContext(InDialog);
  const button = (
    <button
      ref={ref}
      type="button"
      title={isInDialog ? label : undefined}
      {...rest}
      aria-label={label}
      className={look}
    />
  );
  if (isInDialog) return button;
  return (
    <Tooltip words={label} side={side ?? 'top'}>
      {button}
    </Tooltip>
  );
}
