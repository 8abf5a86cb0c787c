import type { ReactNode } from 'react';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { MenuButton } from './MenuButton.tsx';
import styles from './PageFrame.module.css';

/** A page that stands where a conversation would: its name, what can be done with all of it, and what is on it. */
export function PageFrame(props: { title: string; tools?: ReactNode; children: ReactNode }) {
  return (
    <main className={styles.main} id="main" tabIndex={-1}>
      <header className={styles.header}>
        <MenuButton />
        <h1 className={styles.title}>{props.title}</h1>
        {props.tools === undefined ? null : <div className={styles.tools}>{props.tools}</div>}
      </header>
      <ConnectionBanner />
      <div className={styles.scroll}>
        <div className={styles.page}>{props.children}</div>
      </div>
    </main>
  );
}
