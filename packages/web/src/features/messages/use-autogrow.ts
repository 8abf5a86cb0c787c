import { type RefObject, useLayoutEffect } from 'react';

/** A text box as high as what is in it; its own max-height sets the end. */
export function useAutogrow(box: RefObject<HTMLTextAreaElement | null>, content: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in it is what it is measured by
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = 'auto';
    const border = element.offsetHeight - element.clientHeight;
    element.style.height = `${element.scrollHeight + border}px`;
  }, [box, content]);
}
