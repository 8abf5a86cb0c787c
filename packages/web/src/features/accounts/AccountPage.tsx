import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useDiscoveryState } from '../../app/use-discovery.ts';
import { useTitle } from '../../app/use-title.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './AccountPage.module.css';

/** The quiet page that signing in, registering and invites share: the mark, one card, one way on. */
export function AccountPage(props: { title: string; note?: ReactNode; children: ReactNode; after?: ReactNode }) {
  useTitle(t('title.page', props.title));
  const instance = useDiscoveryState();
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link href={paths.landing} className={styles.brand}>
          <Logo size={44} />
          <span>{t('snug')}</span>
        </Link>
      </header>
      <main className={styles.main}>
        <div className={styles.card}>
          <h1 className={styles.title}>{props.title}</h1>
          {props.note === undefined ? null : <p className={styles.note}>{props.note}</p>}
          {instance.status === 'failed' ? (
            <Notice kind="problem">
              <p>{t('error.NETWORK')}</p>
              <Button onClick={instance.retry}>{t('retry')}</Button>
            </Notice>
          ) : null}
          {props.children}
        </div>
        {props.after === undefined ? null : <p className={styles.after}>{props.after}</p>}
      </main>
    </div>
  );
}
