import { select } from '@snug/client';
import { useState } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import styles from './FoldedItem.module.css';
import { SpokenItem, type SpokenItemProps } from './SpokenItem.tsx';

/** What somebody said. Of those one has blocked only that they said something, until one asks for it. */
export function FoldedItem(props: SpokenItemProps) {
  const isBlocked = useSelect((state) => select.isBlocked(state, props.message.author_id));
  const [isShown, setIsShown] = useState(false);
  if (!isBlocked) return <SpokenItem {...props} />;
  return (
    <>
      <div
        className={styles.folded}
        data-row={isShown ? undefined : props.message.id}
        tabIndex={isShown ? undefined : -1}
      >
        <span>{t('message.blocked')}</span>
        <button type="button" className={styles.show} aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
          {isShown ? t('message.blocked.hide') : t('message.blocked.show')}
        </button>
      </div>
      {isShown ? <SpokenItem {...props} isGrouped={false} /> : null}
    </>
  );
}
