import type { ButtonHTMLAttributes } from 'react';
import styles from './Button.module.css';
import { join } from './join.ts';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'quiet' | 'danger' | 'plain';
  /** Keeps its width and says that something is under way. */
  isBusy?: boolean;
  isWide?: boolean;
  isLarge?: boolean;
}

export function Button({ kind = 'quiet', isBusy = false, isWide, isLarge, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ kind, isWide, isLarge }, className)}
      aria-busy={isBusy}
      disabled={rest.disabled === true || isBusy}
    >
      {children}
    </button>
  );
}

/** The look of a button, for a link that is one. */
export function buttonClass(
  look: { kind: NonNullable<ButtonProps['kind']>; isWide?: boolean | undefined; isLarge?: boolean | undefined },
  more?: string,
): string {
  return join(
    styles.button,
    styles[look.kind],
    look.isWide === true && styles.wide,
    look.isLarge === true && styles.large,
    more,
  );
}
