import type { SessionApi } from '@snug/client';

const KEY = 'snug.session';

/**
 * The refresh cookie cannot be seen by scripts, so a mark says that there should be one. Without the mark a visitor's
 * first page asks the server nothing; pages that need somebody signed in ask in any case.
 */
export function rememberSession(session: SessionApi, page: Window): void {
  session.subscribe(() => {
    const { status } = session.state;
    if (status === 'signed_in') page.localStorage.setItem(KEY, '1');
    if (status === 'signed_out') page.localStorage.removeItem(KEY);
  });
  if (page.localStorage.getItem(KEY) !== null || page.location.pathname.startsWith('/app')) void session.restore();
}
