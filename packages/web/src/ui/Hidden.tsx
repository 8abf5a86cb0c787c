import type { ReactNode } from 'react';
import styles from './hidden.module.css';

/** Words for those who listen to the page rather than look at it. */
export function Hidden(props: { children: ReactNode; live?: 'polite' | 'assertive' }) {
  return (
    <span className={styles.hidden} aria-live={props.live} aria-atomic={props.live === undefined ? undefined : true}>
      {props.children}
    </span>
  );
}
