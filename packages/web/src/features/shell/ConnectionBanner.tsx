import { CloudOff, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ConnectionBanner.module.css';

const PATIENCE_MS = 1500;

/** Says when the live connection is away and what becomes of what is being sent. A short gap says nothing. */
export function ConnectionBanner() {
  const client = useClient();
  const status = useSelect((state) => state.connection.status);
  const waiting = useSelect((state) => countQueued(state.outbox));
  const isAway = status === 'waiting' || status === 'offline' || status === 'connecting';
  const isShown = useLasting(isAway, status === 'connecting' ? PATIENCE_MS * 2 : PATIENCE_MS);
  const words =
    status === 'offline'
      ? t('offline', waiting)
      : status === 'connecting'
        ? t('connecting', waiting)
        : t('unreachable', waiting);
  return (
    <div role="status">
      {isShown && isAway ? (
        <div className={styles.banner}>
          {status === 'connecting' ? (
            <RefreshCw size={16} aria-hidden="true" />
          ) : (
            <CloudOff size={16} aria-hidden="true" />
          )}
          <span className={styles.words}>{words}</span>
          {status === 'connecting' ? null : (
            <Button kind="plain" className={styles.button} onClick={() => client.connection.retryNow()}>
              {t('retry.now')}
            </Button>
          )}
        </div>
      ) : null}
    </div>
  );
}

function countQueued(outbox: ReadonlyMap<string, readonly { state: string }[]>): number {
  let count = 0;
  for (const entries of outbox.values()) {
    for (const entry of entries) if (entry.state === 'queued' || entry.state === 'sent') count++;
  }
  return count;
}

/** Whether something has been true for a while. */
function useLasting(isTrue: boolean, ms: number): boolean {
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    if (!isTrue) {
      setLasted(false);
      return;
    }
    const timer = setTimeout(() => setLasted(true), ms);
    return () => clearTimeout(timer);
  }, [isTrue, ms]);
  return lasted;
}
