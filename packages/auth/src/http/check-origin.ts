/**
 * Who may use the refresh cookie (E34): our own pages, pages of the configured origins, and programs that are no
 * browser. SameSite=Strict already keeps other sites from sending it; this also keeps them from setting it (signing
 * somebody in as somebody else), and does not depend on one mechanism alone.
 */
import { Refusal } from '@snug/protocol';

export interface OriginHeaders {
  origin: string | undefined;
  /** Sec-Fetch-Site: browsers set it, pages cannot. */
  fetch_site: string | undefined;
  /** What the request was addressed to, as `Host` or a trusted proxy says. */
  host: string;
}

/** `cross-site` is missing: such a page's browser would neither send nor keep a SameSite=Strict cookie. */
const OWN_SITE: readonly string[] = ['same-origin', 'same-site', 'none'];

/** @throws Refusal ORIGIN_REFUSED */
export function checkOrigin(headers: OriginHeaders, allowed: readonly string[]): void {
  if (headers.fetch_site !== undefined && !OWN_SITE.includes(headers.fetch_site)) throw new Refusal('ORIGIN_REFUSED');
  if (headers.origin === undefined) {
    // No browser leaves Origin out of a POST to another origin; a same-site one would have to be listed.
    if (headers.fetch_site === 'same-site') throw new Refusal('ORIGIN_REFUSED');
    return;
  }
  if (allowed.includes(headers.origin)) return;
  // Only the host is compared: behind a proxy that ends TLS, our scheme is not the page's.
  if (URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host.toLowerCase()) return;
  throw new Refusal('ORIGIN_REFUSED');
}
