import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { join } from '../../ui/join.ts';
import styles from './Colored.module.css';
import { readableColor } from './role-color.ts';

export interface ColoredProps {
  /** 24-bit RGB; 0 is no colour. */
  color: number;
  /** Says in words what the colour says. */
  title?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** Words in a role's colour, as near to it as can be read on this page's ground. */
export function Colored({ color, title, className, children }: ColoredProps) {
  const style = useMemo(
    () =>
      color === 0
        ? undefined
        : ({ '--in-dark': readableColor(color, 'dark'), '--in-light': readableColor(color, 'light') } as CSSProperties),
    [color],
  );
  return (
    <span className={join(color !== 0 && styles.colored, className)} style={style} title={title}>
      {children}
    </span>
  );
}
