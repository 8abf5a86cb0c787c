import type { Id } from '@snug/protocol';
import { useLayoutEffect } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import type { JumpState } from './use-jump.ts';

/** Goes to the message that the address names, each time that somebody asks for it. */
export function useJumpTo(messageId: Id | null, toMessage: (id: Id) => void): void {
  const jump = useHistoryState<JumpState | null>()?.jump;
  // Before the first load asks where to begin, so that it begins there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same message asked for again is another jump
  useLayoutEffect(() => {
    if (messageId !== null) toMessage(messageId);
  }, [messageId, jump, toMessage]);
}
