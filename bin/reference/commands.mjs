import { markdownTable } from './markdown-table.mjs';

const CALLER = { anyone: 'anyone', user: 'signed in', admin: 'administrator' };
const OVER = { any: '', http: 'HTTP only', gateway: 'gateway only' };

/** docs/reference/commands.md from the command table: one section per noun. */
export function renderCommands(commands) {
  const byNoun = Map.groupBy(Object.entries(commands), ([name]) => name.split('.')[0]);
  const sections = [...byNoun].map(([noun, entries]) => `## ${noun}\n\n${table(entries)}\n`);
  return `# Commands

This page is generated from the table in \`packages/protocol/src/commands.ts\`. Parameters and results in full are in the
OpenAPI document that each instance serves at \`/api/v1/openapi.json\`, and as a page at \`/docs\`.

A command is the only way to change anything. Over HTTP it has the method and path given here, below \`/api/v1\`; on the
gateway it is an op 12 request with its name and all parameters together. Every command may also refuse with
\`INVALID_PARAMS\`, \`BAD_REQUEST\`, \`RATE_LIMITED\`, \`OVERLOADED\` and \`INTERNAL\`; one that needs a token also with
\`NOT_SIGNED_IN\`, \`TOKEN_EXPIRED\`, \`TOKEN_INVALID\` and \`SESSION_REVOKED\`.

${sections.join('\n')}`;
}

function table(entries) {
  const rows = entries.map(([name, spec]) => [
    `\`${name}\``,
    spec.over === 'gateway'
      ? ''
      : [spec.path, ...spec.aliases].map((path) => `\`${spec.method} ${path}\``).join(' or '),
    [spec.summary, OVER[spec.over], spec.nonce ? 'takes a nonce' : ''].filter((part) => part !== '').join('; '),
    CALLER[spec.caller],
    spec.refusals.map((code) => `[${code}](refusals.md#${code})`).join(', '),
  ]);
  return markdownTable(['Command', 'Route', 'What it does', 'Who', 'May refuse with'], rows);
}
