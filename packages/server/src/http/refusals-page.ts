/** The page that a problem's `type` points to: every refusal, by its name. */
import { REFUSALS } from '@snug/protocol';

const RETRY = {
  never: 'Not as it is: something about the request has to change.',
  later: 'After `retry_after` seconds, or a back-off.',
  signed_in: 'After signing in or refreshing the token.',
} as const;

export function refusalsPage(): string {
  const rows = Object.entries(REFUSALS).map(
    ([code, { status, title, retry }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}.</td><td>${RETRY[retry]}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Refusals - Snug API</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1f2320;background:#fdfbf7}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #ebe4d6;vertical-align:top}
tr:target{background:#f0e2c4}a{color:#1f6f50}</style></head>
<body><h1>Refusals</h1>
<p>Every refusal is <code>application/problem+json</code> with one of these codes. <a href="/docs">Back to the API</a>.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>Try again?</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></body></html>
`;
}
