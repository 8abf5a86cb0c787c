import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './ChangeBar.module.css';

export interface ChangeBarProps {
  isChanged: boolean;
  isSaved: boolean;
  isBusy: boolean;
  /** Why it could not be saved. */
  problem: string | null;
  onDiscard: () => void;
}

/** The end of a form whose changes wait to be saved: it stays in view while there are some. */
export function ChangeBar({ isChanged, isSaved, isBusy, problem, onDiscard }: ChangeBarProps) {
  return (
    <div className={styles.end}>
      {problem === null ? null : <Notice kind="problem">{problem}</Notice>}
      <div className={styles.bar} hidden={!isChanged}>
        <span>{t('unsaved')}</span>
        <span className={styles.buttons}>
          <Button kind="plain" onClick={onDiscard}>
            {t('discard')}
          </Button>
          <Button type="submit" kind="primary" isBusy={isBusy}>
            {t('save')}
          </Button>
        </span>
      </div>
      <span role="status" className={styles.said}>
        {isSaved && !isChanged ? t('saved') : ''}
      </span>
    </div>
  );
}
