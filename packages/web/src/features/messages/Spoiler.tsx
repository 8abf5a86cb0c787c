import { type ReactNode, useEffect, useRef, useState } from 'react';
import { t } from '../../strings/t.ts';
import styles from './Spoiler.module.css';

/** Covered until asked for. What is covered is not in the page, so nothing reads it out either. */
export function Spoiler({ children }: { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const words = useRef<HTMLSpanElement>(null);
  // The button goes with the cover: whoever pressed it goes on from the words.
  useEffect(() => {
    if (isOpen) words.current?.focus({ preventScroll: true });
  }, [isOpen]);
  if (isOpen) {
    return (
      <span ref={words} tabIndex={-1} className={styles.revealed}>
        {children}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.cover}
      title={t('spoiler.show')}
      aria-expanded={false}
      onClick={() => setIsOpen(true)}
    >
      {t('spoiler')}
    </button>
  );
}
