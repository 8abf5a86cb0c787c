import { markdownTable } from './markdown-table.mjs';

/** Ephemeral types in words: they have no row in the event table because nothing of them is kept. */
const EPHEMERAL = {
  TYPING_START: 'Somebody is typing in a channel you can see',
  TYPING_STOP: 'They type no more',
  PRESENCE_UPDATE: 'The presence of somebody you look at, or talk with, changed',
  CHANNEL_PRESENCE: 'Who else is active in the room you are active in',
  SERVER_MEMBERS_CHUNK: 'The answer to op 8',
};

/** docs/reference/events.md from the event table. */
export function renderEvents({ events, ephemeral, intents, permissions }) {
  const rows = Object.entries(events).map(([type, spec]) => [
    `\`${type}\``,
    spec.scope,
    audience(spec.audience, permissions),
    spec.when,
    nameOf(intents, spec.intent) ?? 'none',
    spec.erasable.map((field) => `\`${field}\``).join(', '),
  ]);
  return `# Events

This page is generated from the table in \`packages/protocol/src/events.ts\`.

Everything that lasts is an event of the log. Its body is the same JSON object in the log, in a gateway dispatch (\`d\`), in
a sync answer and on the event stream. "Who hears it" is asked before or after the event is applied, or both: a member
who leaves still hears that they left. "Erasable" fields are blanked when what they say is deleted.

${markdownTable(['Type', 'Scope', 'Who hears it', 'Asked', 'Intent', 'Erasable'], rows)}

## Made for one reader

A reader whose view changed also gets, at the position of the event that changed it, \`SERVER_CREATE\` with the server as a
snapshot (its channels, its roles, the reader's membership), \`SERVER_DELETE\`, \`CHANNEL_CREATE\` or \`CHANNEL_DELETE\`.

## Ephemeral

These are not kept and have no position. A client that was away never gets them later.

${markdownTable(
  ['Type', 'What it says'],
  ephemeral.map((type) => [`\`${type}\``, meaningOf(type)]),
)}

## Intents

A client that names \`intents\` in op 2 gets only these kinds; positions move all the same.

${markdownTable(
  ['Intent', 'Bit'],
  Object.entries(intents).map(([name, bit]) => [name, bit]),
)}
`;
}

function meaningOf(type) {
  const meaning = EPHEMERAL[type];
  if (meaning === undefined) throw new Error(`${type} has no words in bin/reference/events.mjs`);
  return meaning;
}

function audience({ to, bit }, permissions) {
  if (to === 'viewers') return 'who can see the channel';
  if (to === 'members') return 'members of the server';
  if (to === 'managers') return `members with ${nameOf(permissions, bit)}`;
  return to === 'subject' ? 'that user' : 'nobody';
}

function nameOf(bits, bit) {
  return Object.keys(bits).find((name) => bits[name] === bit);
}
