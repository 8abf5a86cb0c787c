import type { Id } from '@snug/protocol';
import type { KeyboardEvent } from 'react';

export interface ComposerKeys {
  /** True where a name is being finished, and took the key. */
  naming: (event: KeyboardEvent) => boolean;
  /** Null on a touch screen: Enter starts a line there. */
  send: (() => void) | null;
  /** Null while nothing is being answered. */
  cancelReply: (() => void) | null;
  /** The message that the up arrow edits, if it does. */
  lastOwn: () => Id | null;
  edit: (id: Id) => void;
}

export function composerKeys({ naming, send, cancelReply, lastOwn, edit }: ComposerKeys) {
  return (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || naming(event)) return;
    if (event.key === 'Enter' && !event.shiftKey && send !== null) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      cancelReply?.();
    } else if (event.key === 'ArrowUp') {
      const last = lastOwn();
      if (last === null) return;
      event.preventDefault();
      edit(last);
    }
  };
}
