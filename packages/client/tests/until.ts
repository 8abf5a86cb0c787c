import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it is so. @throws with what it was instead, after `timeout` ms. */
export async function until<T>(look: () => T, isSo: (value: T) => boolean, timeout = 8000): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const value = look();
    if (isSo(value)) return value;
    if (performance.now() > deadline) throw new Error(`it is still ${JSON.stringify(value)}`);
    await sleep(5);
  }
}
