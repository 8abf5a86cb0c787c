/**
 * Preloaded into the measured server, for what cannot be read from outside: how late its event loop is, and its
 * memory without garbage. It does nothing until it is asked.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import { answerParent } from '../process/parent-link.ts';
import { collect } from './collect.ts';

const NS_PER_MS = 1e6;

// Worker threads load what their process preloads, but the channel is the main thread's.
if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  answerParent({
    start_delay: () => {
      delay.reset();
      delay.enable();
    },
    delay_p99: () => {
      delay.disable();
      return delay.percentile(99) / NS_PER_MS;
    },
    collect,
  });
  process.channel?.unref();
}
