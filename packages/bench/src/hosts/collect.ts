import { setTimeout as pause } from 'node:timers/promises';

/** Collects garbage thoroughly, so that memory is what is held and not what was dropped. Needs `--expose-gc`. */
export async function collect(): Promise<void> {
  if (gc === undefined) throw new Error('this process cannot be asked to collect its garbage');
  for (let time = 0; time < 3; time++) {
    gc();
    await pause(100);
  }
}
