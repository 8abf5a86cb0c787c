/** A log that answers every port a macrotask later, as one across a network would (E10). */
import type { Append, AppendResult, BatchListener, Log } from '@snug/chat';

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Announcements still come before the acknowledgements of their commit, in one turn each (E14). */
export function laggingLog(log: Log): Log {
  let tail = log.tail;
  let listener: BatchListener = () => {};
  log.onBatch((events) =>
    setImmediate(() => {
      tail = events.at(-1)?.position ?? tail;
      listener(events);
    }),
  );
  const later = async <T>(work: () => Promise<T>): Promise<T> => {
    await macrotask();
    const answer = await work();
    await macrotask();
    return answer;
  };
  return {
    get tail() {
      return tail;
    },
    get pending() {
      return log.pending;
    },
    append: (append: Append): Promise<AppendResult> => later(() => log.append(append)),
    onBatch: (told) => {
      listener = told;
    },
    read: (queries, more, last) => later(() => log.read(queries, more, last)),
    positions: (scopes, after, upTo, limit) => later(() => log.positions(scopes, after, upTo, limit)),
    events: (positions) => later(() => log.events(positions)),
    epochs: () => later(() => log.epochs()),
    scrub: () => later(() => log.scrub()),
    close: () => later(() => log.close()),
  };
}
