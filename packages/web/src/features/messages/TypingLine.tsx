import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { sameList } from '../../app/same.ts';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import styles from './TypingLine.module.css';

/** Who is writing. Its place is always kept, so that nothing moves when somebody begins. */
export function TypingLine({ channelId }: { channelId: Id }) {
  const names = useSelect((state) => select.typingNames(state, channelId), sameList);
  return (
    <p className={styles.line} aria-live="polite">
      {names.length === 0 ? null : (
        <>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className={styles.names}>{t('typing', names)}</span>
        </>
      )}
    </p>
  );
}
