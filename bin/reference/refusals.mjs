import { markdownTable } from './markdown-table.mjs';

const RETRY = {
  never: 'no',
  later: 'yes, after `retry_after` or a pause',
  signed_in: 'yes, with a new token',
};

/** docs/reference/refusals.md from the table of refusals. Each code has an anchor: the `type` of a problem leads to it. */
export function renderRefusals(refusals) {
  const rows = Object.entries(refusals).map(([code, { status, title, retry }]) => [
    `<a id="${code}"></a>\`${code}\``,
    status,
    title,
    RETRY[retry],
  ]);
  return `# Refusals

This page is generated from the table in \`packages/protocol/src/refusals.ts\`.

Every way Snug says no has a name that does not change. Over HTTP a refusal is \`application/problem+json\`; on the
gateway the same object is the \`error\` of op 13. Go by \`code\`: titles are for people and may get better.

\`\`\`json
{
  "type": "/docs/refusals#RATE_LIMITED",
  "title": "Too many requests",
  "status": 429,
  "code": "RATE_LIMITED",
  "retry_after": 1.5,
  "trace_id": "4f1c2a90b7de-2s"
}
\`\`\`

\`retry_after\` is in seconds. \`issues\` lists fields that are not valid, each with \`path\` and \`message\`. \`trace_id\`
finds the request in the instance's log: give it to whoever runs the instance when you report something.

"Again?" says whether the same command, unchanged, may work later. Retry a command that has a nonce with the same nonce.

${markdownTable(['Code', 'Status', 'What it says', 'Again?'], rows)}
`;
}
