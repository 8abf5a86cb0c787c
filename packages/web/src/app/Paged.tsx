import type { ReactNode } from 'react';
import { t } from '../strings/t.ts';
import { Bones } from '../ui/Bones.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import styles from './Paged.module.css';
import { sayError } from './say-error.ts';
import type { Pages } from './use-pages.ts';

export interface PagedProps<T> {
  pages: Pages<T>;
  /** Names the list to who listens. */
  label: string;
  /** What to say when there is nothing. */
  empty: ReactNode;
  bones?: 'lines' | 'people';
  /** Draws one item as a list item with a key. */
  children: (item: T) => ReactNode;
}

/** A list read page by page, in each of its states: on its way, failed, empty, and with more to come. */
export function Paged<T>({ pages, label, empty, bones = 'lines', children }: PagedProps<T>) {
  const { items } = pages;
  return (
    <div className={styles.paged}>
      {pages.error === undefined ? null : (
        <div className={styles.failed}>
          <Notice kind="problem">{sayError(pages.error)}</Notice>
          <Button onClick={items === null ? pages.reload : pages.more}>{t('retry')}</Button>
        </div>
      )}
      {items === null && pages.isBusy ? <Bones kind={bones} count={4} label={t('loading')} /> : null}
      {items?.length === 0 ? <p className={styles.empty}>{empty}</p> : null}
      {items === null || items.length === 0 ? null : <ul aria-label={label}>{items.map(children)}</ul>}
      {pages.hasMore ? (
        <Button className={styles.more ?? ''} isBusy={pages.isBusy} onClick={pages.more}>
          {t('list.more')}
        </Button>
      ) : null}
    </div>
  );
}
