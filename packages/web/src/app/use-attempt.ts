import { useCallback } from 'react';
import { useToast } from '../ui/Toasts.tsx';
import { sayError } from './say-error.ts';

/** Does something that needs no dialog: says what came of it in passing, and why where it did not work. */
export function useAttempt(): (work: () => Promise<unknown>, done?: string) => void {
  const say = useToast();
  return useCallback(
    (work, done) => {
      work().then(
        () => {
          if (done !== undefined) say(done);
        },
        (error: unknown) => say(sayError(error)),
      );
    },
    [say],
  );
}
