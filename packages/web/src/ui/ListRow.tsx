import type { ReactNode } from 'react';
import styles from './ListRow.module.css';

export interface ListRowProps {
  /** What stands before the words: a face, a colour. */
  lead?: ReactNode;
  title: ReactNode;
  note?: ReactNode;
  /** What can be done with it, at its end. */
  children?: ReactNode;
}

/** One thing in a list of a settings page: what it is, a line about it, what can be done with it. */
export function ListRow({ lead, title, note, children }: ListRowProps) {
  return (
    <li className={styles.row}>
      {lead === undefined ? null : <span className={styles.lead}>{lead}</span>}
      <div className={styles.words}>
        <div className={styles.title}>{title}</div>
        {note === undefined ? null : <div className={styles.note}>{note}</div>}
      </div>
      {children === undefined ? null : <div className={styles.actions}>{children}</div>}
    </li>
  );
}
