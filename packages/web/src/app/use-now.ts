import { useEffect, useState } from 'react';

/** The time, in ms since 1970, drawn again at `at`; null: never again. For what ends by itself. */
export function useNowUntil(at: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (at === null || at <= now) return;
    // A timer holds at most 24.8 days; what is further away is looked at again then.
    const timer = setTimeout(() => setNow(Date.now()), Math.min(at - now, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [at, now]);
  return now;
}

/** Whole seconds until `until`, counted down; 0 once it is over. */
export function useSecondsLeft(until: number): number {
  const [now, setNow] = useState(Date.now);
  const isOver = until <= now;
  // Another moment to wait for is measured from now, not from when this was last drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setNow(Date.now()), [until]);
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  return isOver ? 0 : Math.ceil((until - now) / 1000);
}
