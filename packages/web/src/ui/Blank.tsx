import type { ReactNode } from 'react';
import styles from './Blank.module.css';

export interface BlankProps {
  icon?: ReactNode;
  title: string;
  /** 1 unless the page has its heading already. */
  level?: 1 | 2;
  note?: ReactNode;
  /** What to do about it. */
  children?: ReactNode;
}

/** A place with nothing in it yet, and what to do about that. */
export function Blank(props: BlankProps) {
  const Heading = props.level === 2 ? 'h2' : 'h1';
  return (
    <div className={styles.blank}>
      {props.icon === undefined ? null : (
        <div className={styles.icon} aria-hidden="true">
          {props.icon}
        </div>
      )}
      <Heading className={styles.title}>{props.title}</Heading>
      {props.note === undefined ? null : <p className={styles.note}>{props.note}</p>}
      {props.children === undefined ? null : <div className={styles.actions}>{props.children}</div>}
    </div>
  );
}
