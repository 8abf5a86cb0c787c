import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Link } from 'wouter';
import { MenuButton } from '../shell/MenuButton.tsx';
import styles from './SettingsPage.module.css';

export interface SettingsPageProps {
  title: string;
  /** A line about what this is. */
  note?: ReactNode;
  /** The way up, from one thing to the list that it stands in. */
  back?: { readonly href: string; readonly label: string };
  /** What this page is for, beside its title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One page of a server's settings. */
export function SettingsPage({ title, note, back, action, children }: SettingsPageProps) {
  return (
    <main className={styles.main} id="main" tabIndex={-1}>
      <header className={styles.bar}>
        <MenuButton />
        {back === undefined ? null : (
          <Link href={back.href} className={styles.back}>
            <ArrowLeft size={17} aria-hidden="true" />
            {back.label}
          </Link>
        )}
      </header>
      <div className={styles.scroll}>
        <div className={styles.page}>
          <div className={styles.head}>
            <h1 className={styles.title}>{title}</h1>
            {action}
          </div>
          {note === undefined ? null : <p className={styles.note}>{note}</p>}
          {children}
        </div>
      </div>
    </main>
  );
}

/** A part of a page, with a heading where it needs one. */
export function SettingsSection(props: { title?: string; note?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={props.title === undefined ? undefined : id}>
      {props.title === undefined ? null : (
        <h2 id={id} className={styles.heading}>
          {props.title}
        </h2>
      )}
      {props.note === undefined ? null : <p className={styles.note}>{props.note}</p>}
      {props.children}
    </section>
  );
}
