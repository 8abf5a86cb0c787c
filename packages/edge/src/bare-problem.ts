/** Refusals of what never becomes a request: bytes that are no HTTP, upgrades, whatever Node would answer on its own. */
import type { Refusal } from '@snug/protocol';

/** What an answer that is data carries: it is never shown as a page, framed, sniffed or kept. */
export const DATA_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
} as const;

/** What every answer carries that no plugin has dressed (ERR4). */
export function bareHeaders(refusal: Refusal, traceId: string): Record<string, string> {
  const { retry_after } = refusal.extra;
  return {
    'content-type': 'application/problem+json; charset=utf-8',
    ...DATA_HEADERS,
    'x-trace-id': traceId,
    ...(retry_after === undefined ? {} : { 'retry-after': String(Math.ceil(retry_after)) }),
    ...(refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
}

/** The whole answer, for a socket that closes after it. */
export function bareProblem(refusal: Refusal, traceId: string, more: Record<string, string> = {}): string {
  const body = JSON.stringify(refusal.toProblem(traceId));
  const headers = {
    ...bareHeaders(refusal, traceId),
    ...more,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${refusal.status} ${refusal.code}`, ...lines, '', body].join('\r\n');
}
