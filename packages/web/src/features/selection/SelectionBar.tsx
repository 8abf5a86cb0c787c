import type { Id } from '@snug/protocol';
import { useEffect } from 'react';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import styles from './SelectionBar.module.css';
import { useSelection } from './selection.ts';

/** Stands where one writes while messages are picked out: how many, and what is done with them. */
export function SelectionBar({ channelId }: { channelId: Id }) {
  const open = useDialogs();
  const { ids, stop } = useSelection();
  const count = ids?.size ?? 0;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) stop();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [stop]);
  return (
    <section className={styles.bar} id="composer" tabIndex={-1} aria-label={t('select.bar')}>
      <p role="status" className={styles.count}>
        {t('select.count', count)}
      </p>
      <Button onClick={stop}>{t('cancel')}</Button>
      <Button
        kind="danger"
        disabled={count === 0}
        onClick={() => open({ kind: 'delete-messages', channelId, ids: [...(ids ?? [])], onDone: stop })}
      >
        {t('select.delete')}
      </Button>
    </section>
  );
}
