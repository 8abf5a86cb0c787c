import { formatFigure } from '../report/format-figure.ts';
import { median } from '../stats/percentile.ts';

export interface Percentiles {
  /** ms */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Medians over rounds of each percentile, after one round that warms up, and a sentence that says them. */
export async function latencyRounds(
  rounds: number,
  round: () => Promise<Percentiles>,
): Promise<Percentiles & { text: string }> {
  await round();
  const all: Percentiles[] = [];
  while (all.length < rounds) all.push(await round());
  const of = (name: keyof Percentiles): number => median(all.map((each) => each[name]));
  const [p50, p95, p99] = [of('p50'), of('p95'), of('p99')];
  const worst = Math.max(...all.map((each) => each.p99));
  return {
    p50,
    p95,
    p99,
    text: `p50 ${formatFigure(p50)} ms, p95 ${formatFigure(p95)} ms, p99 ${formatFigure(p99)} ms (worst round ${formatFigure(worst)} ms)`,
  };
}
