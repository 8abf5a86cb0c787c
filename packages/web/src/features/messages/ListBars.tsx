import type { Id } from '@snug/protocol';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ListBars.module.css';
import type { Rows } from './use-rows.ts';
import { type ListScroll, loadInto } from './use-scroll.ts';

export interface ListBarsProps {
  channelId: Id;
  rows: Rows;
  scroll: ListScroll;
  readUpTo: Id | null | undefined;
}

/** What floats over the list: failures with a retry, the way up to what is new, the way down to the present. */
export function ListBars({ channelId, rows, scroll, readUpTo }: ListBarsProps) {
  const client = useClient();
  const unread = useSelect((state) => state.reads.get(channelId)?.unread ?? 0);
  const { window } = rows;
  const error = window?.error ?? null;
  const firstId = window?.ids[0];
  const isMarkAbove =
    typeof readUpTo === 'string' && window?.hasBefore === true && firstId !== undefined && readUpTo < firstId;
  const retry = (): void => {
    const hasAny = (window?.ids.length ?? 0) > 0;
    loadInto(client.loadMessages(channelId, hasAny && window?.hasBefore === true ? 'before' : 'latest'));
  };
  return (
    <>
      <div className={styles.top}>
        {error === null ? null : (
          <div className={styles.problem} role="alert">
            <span>{t('messages.failed', sayError(error))}</span>
            <Button onClick={retry}>{t('retry')}</Button>
          </div>
        )}
        {isMarkAbove ? (
          <button type="button" className={styles.pill} onClick={() => scroll.toMessage(readUpTo)}>
            <ArrowUp size={15} aria-hidden="true" />
            {t('messages.newAbove')}
          </button>
        ) : null}
        {window?.loading === 'before' ? (
          <p className={styles.loading} role="status">
            {t('messages.loadingOlder')}
          </p>
        ) : null}
      </div>
      {scroll.isAtEnd || window === undefined ? null : (
        <button type="button" className={styles.present} onClick={scroll.toEnd}>
          <ArrowDown size={15} aria-hidden="true" />
          {unread > 0 ? t('messages.newBelow', unread) : t('messages.toPresent')}
        </button>
      )}
    </>
  );
}
