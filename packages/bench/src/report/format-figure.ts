const DIGITS = 3;

/** A figure with three digits that count, in full: 0.0123, 4.56, 123,000. */
export function formatFigure(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumSignificantDigits: DIGITS }).format(value);
}
