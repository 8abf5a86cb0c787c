import { type RefObject, useEffect } from 'react';

/** Typing anywhere on the page that takes no text writes here. On a touch screen it would only raise the keyboard. */
export function useTypingAnywhere(box: RefObject<HTMLTextAreaElement | null>, isTouch: boolean): void {
  useEffect(() => {
    if (isTouch) return;
    box.current?.focus();
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === ' ') return;
      if (event.target !== document.body || document.querySelector('dialog[open]') !== null) return;
      box.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [box, isTouch]);
}
