/** The value below which a share of the sample lies: nearest rank, so that it is always one that was measured. @param share 0 to 1 */
export function percentile(sample: ArrayLike<number>, share: number): number {
  if (sample.length === 0) throw new Error('a percentile of nothing');
  const sorted = Float64Array.from(sample).sort();
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] as number;
}

export function median(sample: ArrayLike<number>): number {
  return percentile(sample, 0.5);
}
