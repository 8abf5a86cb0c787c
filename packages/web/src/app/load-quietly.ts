import { SnugError } from '@snug/client';

/** For what is loaded beside the view and missed by nobody while the server is away: only a bug is worth an error. */
export function loadQuietly(loading: Promise<unknown>, words: string): void {
  loading.catch((error: unknown) => {
    if (error instanceof SnugError) console.warn(words, error.code);
    else console.error(error);
  });
}
