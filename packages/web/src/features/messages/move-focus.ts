import type { KeyboardEvent } from 'react';

/** Up and down go from message to message; each can be acted on from there. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, toEnd: () => void): void {
  const target = event.target as HTMLElement;
  const here = target.closest<HTMLElement>('[data-row]');
  if (here === null || target !== here) return;
  if (event.key === 'End') {
    event.preventDefault();
    toEnd();
    return;
  }
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const next = all[all.indexOf(here) + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
