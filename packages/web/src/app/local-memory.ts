/**
 * Small things this browser remembers for its user: which channel was open, what was half written. Losing one is no
 * failure, so a browser that blocks storage simply forgets.
 */
const PREFIX = 'snug.memory.';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null; // Storage is blocked: nothing was remembered.
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null || value === '') localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch (error) {
    console.warn('this browser keeps nothing', error);
  }
}

/** Forgets everything: what one person half wrote is not for the next one at this screen. */
export function forgetAll(): void {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at));
    for (const key of keys) if (key?.startsWith(PREFIX) === true) localStorage.removeItem(key);
  } catch (error) {
    console.warn('this browser keeps nothing', error);
  }
}
