import { median } from './percentile.ts';

export interface Compared {
  /** Medians over the rounds. */
  readonly ours: number;
  readonly reference: number;
  readonly ourRounds: readonly number[];
  readonly referenceRounds: readonly number[];
}

export type Round = () => Promise<number>;

/**
 * Reference and measured by turns, so that whatever else the machine does meets both alike. The first round of each
 * warms up and does not count.
 */
export async function interleave(rounds: number, reference: Round, ours: Round): Promise<Compared> {
  await reference();
  await ours();
  const referenceRounds: number[] = [];
  const ourRounds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    referenceRounds.push(await reference());
    ourRounds.push(await ours());
  }
  return { ours: median(ourRounds), reference: median(referenceRounds), ourRounds, referenceRounds };
}
