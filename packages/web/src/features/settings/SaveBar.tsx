import { Button } from '../../ui/Button.tsx';
import styles from './Settings.module.css';

/** The end of a settings form: its verb, and beside it what came of it. */
export function SaveBar({ action, isBusy, said }: { action: string; isBusy: boolean; said: string }) {
  return (
    <div className={styles.actions}>
      <Button type="submit" kind="primary" isBusy={isBusy}>
        {action}
      </Button>
      <span role="status" className={styles.said}>
        {said}
      </span>
    </div>
  );
}
