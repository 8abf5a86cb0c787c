/** SIGTERM and SIGINT: the first stops gently, the second at once. */

export interface Stoppable {
  stop(): Promise<void>;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Resolves with the exit code once the instance has stopped: 0, or 1 when stopping failed.
 * @param impatient called on the second signal; ends the process.
 * @param report told what went wrong while stopping.
 */
export function stopOnSignal(
  instance: Stoppable,
  impatient: () => void,
  report: (error: unknown) => void,
): Promise<number> {
  return new Promise((resolve) => {
    let isStopping = false;
    const onSignal = (): void => {
      if (isStopping) {
        impatient();
        return;
      }
      isStopping = true;
      instance.stop().then(
        () => finish(0),
        (error: unknown) => {
          report(error);
          finish(1);
        },
      );
    };
    const finish = (code: number): void => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      resolve(code);
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
  });
}
