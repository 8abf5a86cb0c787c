import type { ReactNode } from 'react';
import styles from './Blank.module.css';

export interface BlankProps {
  icon?: ReactNode;
  title: string;
  note?: ReactNode;
  /** What to do about it. */
  children?: ReactNode;
}

/** A place with nothing in it yet, and what to do about that. */
export function Blank(props: BlankProps) {
  return (
    <div className={styles.blank}>
      {props.icon === undefined ? null : (
        <div className={styles.icon} aria-hidden="true">
          {props.icon}
        </div>
      )}
      <h2 className={styles.title}>{props.title}</h2>
      {props.note === undefined ? null : <p className={styles.note}>{props.note}</p>}
      {props.children === undefined ? null : <div className={styles.actions}>{props.children}</div>}
    </div>
  );
}
