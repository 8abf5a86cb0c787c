/** Folds an address for comparison: two that differ in case only are one person's (E11). */
export function emailKey(email: string): string {
  return email.normalize('NFKC').toLowerCase();
}
