import { markdownTable } from './markdown-table.mjs';

/** docs/reference/limits.md from the tables of limits and rates; what a limit means is the comment above it. */
export function renderLimits({ limits, source, rates, authRates, factor }) {
  const notes = notesIn(source);
  const rows = Object.entries(limits).map(([name, value]) => [`\`${name}\``, value, notes.get(name) ?? '']);
  return `# Limits

This page is generated from the tables in \`packages/protocol/src/limits.ts\` and \`rates.ts\`. Each instance shows both in
\`/.well-known/snug\`. What goes beyond a limit is refused by name: INVALID_PARAMS for lengths, LIMIT_REACHED for numbers,
RATE_LIMITED with \`retry_after\` for rates.

Lengths are in code points, sizes in bytes, times in milliseconds unless the table says otherwise.

${markdownTable(['Limit', 'Value', ''], rows)}

## Rates

A burst, then so many a second. By user for what chat answers; one address, whoever speaks from it, has ${factor} times as
much, and an IPv6 address counts as its /64. Somebody without a token is limited as one user of their address.

${rateTable(rates)}

Signing in, and what belongs to it:

${rateTable(authRates)}
`;
}

function rateTable(rates) {
  const rows = Object.entries(rates).map(([name, { burst, per_second }]) => [
    `\`${name}\``,
    burst,
    Number(per_second.toPrecision(3)),
  ]);
  return markdownTable(['Rate', 'Burst', 'A second'], rows);
}

/** The comment right above each limit. */
function notesIn(source) {
  const found = source.matchAll(/\/\*\* ([^*]+?) \*\/\s+(\w+):/g);
  return new Map([...found].map(([, note, name]) => [name, note]));
}
