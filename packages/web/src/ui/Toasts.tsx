import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import styles from './Toasts.module.css';

type Say = (words: string) => void;
const SHOWN_MS = 5000;
const Toast = createContext<Say>(() => undefined);

/** Says something in passing, in the corner of the page. */
export function useToast(): Say {
  return useContext(Toast);
}

/**
 * Holds what was said in passing; each line stays for five seconds. In a modal dialog it stands within: what lies behind
 * one is neither seen nor heard. What is still shown as that closes is said on the page.
 */
export function Toasts(props: { isInDialog?: boolean; children: ReactNode }) {
  const [shown, setShown] = useState<readonly { id: number; words: string }[]>([]);
  const next = useRef(0);
  const outside = useToast();
  const held = useRef(shown);
  useEffect(() => {
    held.current = shown;
  }, [shown]);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      for (const { words } of held.current) outside(words);
    };
  }, [outside]);
  const say = useCallback(
    (words: string) => {
      // What was begun in a dialog may end after it.
      if (isGone.current) return outside(words);
      const id = next.current++;
      setShown((before) => [...before.slice(-2), { id, words }]);
      setTimeout(() => setShown((before) => before.filter((one) => one.id !== id)), SHOWN_MS);
    },
    [outside],
  );
  return (
    <Toast value={say}>
      {props.children}
      <div className={props.isInDialog === true ? styles.within : styles.toasts} role="status">
        {shown.map((one) => (
          <p key={one.id} className={styles.toast}>
            {one.words}
          </p>
        ))}
      </div>
    </Toast>
  );
}
