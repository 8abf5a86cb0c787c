import { setTimeout as pause } from 'node:timers/promises';

/** V8's `gc` as it is, beyond its published type: the last resort also gives free pages back to the system. */
type Collector = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/** Collects garbage thoroughly, so that memory is what is held and not what was dropped. Needs `--expose-gc`. */
export async function collect(): Promise<void> {
  if (gc === undefined) throw new Error('this process cannot be asked to collect its garbage');
  for (let time = 0; time < 3; time++) {
    (gc as unknown as Collector)({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await pause(100);
  }
}
