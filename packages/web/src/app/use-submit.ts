import { useCallback, useRef, useState } from 'react';

export interface Submit {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Runs the work unless it runs already. Resolves with whether it worked. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
}

/** One thing at a time that may fail: whether it runs, and why it did not work. */
export function useSubmit(): Submit {
  const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: undefined });
  const running = useRef(false);
  const run = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setState({ isBusy: true, error: undefined });
    try {
      await work();
      setState({ isBusy: false, error: undefined });
      return true;
    } catch (error) {
      setState({ isBusy: false, error });
      return false;
    } finally {
      running.current = false;
    }
  }, []);
  return { ...state, run };
}
