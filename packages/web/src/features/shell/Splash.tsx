import { t } from '../../strings/t.ts';
import { Logo } from '../../ui/Logo.tsx';
import styles from './Splash.module.css';

/** While it is being found out who this is. Shows itself only when that takes a while. */
export function Splash({ isUnreachable }: { isUnreachable: boolean }) {
  return (
    <main className={styles.splash}>
      <Logo size={72} />
      <p role="status">{isUnreachable ? t('splash.unreachable') : t('splash.opening')}</p>
    </main>
  );
}
