let lastMs = Number.NaN;
let lastText = '';

/** RFC 3339 of a time in ms. Many messages share a millisecond, and formatting one costs as much as all else of it. */
export function isoTime(ms: number): string {
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = new Date(ms).toISOString();
  }
  return lastText;
}
