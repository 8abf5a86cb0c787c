/** Runs `work` for 0..total-1, at most `width` at a time, in that order of starting. The first failure ends it. */
export async function inFlight(
  total: number,
  width: number,
  work: (index: number) => Promise<void>,
  onDone: (done: number) => void = () => {},
): Promise<void> {
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < total) {
      await work(next++);
      done += 1;
      onDone(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, total) }, worker));
}
