import { setTimeout as pause } from 'node:timers/promises';

/** Waits until it is so. @throws after `ms`, saying what did not happen. */
export async function until(isSo: () => boolean, what: () => string, ms = 30_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`after ${ms} ms: ${what()}`);
    await pause(5);
  }
}
