import type { Measured } from '../row.ts';
import type { Compared } from '../stats/interleave.ts';

const US = 1e6;

/** CPU seconds per operation, ours beside the reference's: in microseconds, and at most `bar` times as much. */
export function perOperation(compared: Compared, bar: number, details: string): Measured {
  const ratio = compared.ours / compared.reference;
  const spread = `rounds ${inUs(compared.ourRounds)} against ${inUs(compared.referenceRounds)}`;
  return {
    value: compared.ours * US,
    reference: compared.reference * US,
    ratio,
    ok: ratio <= bar,
    details: `${spread}; ${details}`,
  };
}

function inUs(rounds: readonly number[]): string {
  return rounds.map((seconds) => (seconds * US).toPrecision(3)).join(', ');
}
