import { MoonStar } from 'lucide-react';
import { Link } from 'wouter';
import { t } from '../strings/t.ts';
import { Blank } from '../ui/Blank.tsx';
import { buttonClass } from '../ui/Button.tsx';
import styles from './page.module.css';
import { useTitle } from './use-title.ts';

/** The same words for what is not there and for what is not yours to see. */
export function NotFound() {
  useTitle(t('title.page', t('notFound.title')));
  return (
    <main className={styles.page}>
      <Blank icon={<MoonStar size={36} />} title={t('notFound.title')} note={t('notFound.note')}>
        <Link href="/" className={buttonClass({ kind: 'primary' })}>
          {t('notFound.home')}
        </Link>
      </Blank>
    </main>
  );
}
