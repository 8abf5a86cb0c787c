#!/usr/bin/env node
/**
 * Writes the pages that are made from tables in the code: those of docs/reference/, docs/configuration.md and
 * .env.example. With `--check` it writes nothing and exits 1 when a page is stale.
 * `--into FOLDER` looks at, or writes, another folder than this repository.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inRoot, ROOT, repositoryNode } from './steps/repository.mjs';
import { becomeNode } from './steps/run.mjs';

/** File to what makes it. The modules are TypeScript, which Node 20 cannot load: hence the names. */
const PAGES = {
  'docs/reference/refusals.md': async () => {
    const { REFUSALS } = await load('packages/protocol/src/refusals.ts');
    return (await load('bin/reference/refusals.mjs')).renderRefusals(REFUSALS);
  },
  'docs/reference/commands.md': async () => {
    const { COMMANDS } = await load('packages/protocol/src/commands.ts');
    return (await load('bin/reference/commands.mjs')).renderCommands(COMMANDS);
  },
  'docs/reference/events.md': async () => {
    const { EVENTS } = await load('packages/protocol/src/events.ts');
    const { EPHEMERAL_TYPES } = await load('packages/protocol/src/ephemeral-types.ts');
    const { Intent } = await load('packages/protocol/src/frames.ts');
    const { Permission } = await load('packages/protocol/src/permissions.ts');
    const { renderEvents } = await load('bin/reference/events.mjs');
    return renderEvents({ events: EVENTS, ephemeral: EPHEMERAL_TYPES, intents: Intent, permissions: Permission });
  },
  'docs/reference/limits.md': async () => {
    const { LIMITS } = await load('packages/protocol/src/limits.ts');
    const { AUTH_RATES, CHAT_RATES, ADDRESS_FACTOR } = await load('packages/protocol/src/rates.ts');
    const source = readFileSync(inRoot('packages/protocol/src/limits.ts'), 'utf8');
    const { renderLimits } = await load('bin/reference/limits.mjs');
    return renderLimits({ limits: LIMITS, source, rates: CHAT_RATES, authRates: AUTH_RATES, factor: ADDRESS_FACTOR });
  },
  'docs/configuration.md': async () =>
    (await load('packages/server/src/settings/render-settings-doc.ts')).renderSettingsDoc(),
  '.env.example': async () => {
    const table = await load('packages/server/src/settings/settings-table.ts');
    return (await load('bin/reference/environment.mjs')).renderEnvironment(table);
  },
};

function load(file) {
  return import(new URL(`../${file}`, import.meta.url).href);
}

async function main({ check, into }) {
  const stale = [];
  for (const [page, render] of Object.entries(PAGES)) {
    const file = path.resolve(into, page);
    const wanted = await render();
    const isFresh = existsSync(file) && readFileSync(file, 'utf8') === wanted;
    if (isFresh) continue;
    stale.push(page);
    if (check) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, wanted);
  }
  if (check && stale.length > 0) {
    console.error(`Stale: ${stale.join(', ')}. Run "node bin/docs.mjs" and commit what changes.`);
    process.exitCode = 1;
    return;
  }
  console.log(stale.length === 0 ? 'Generated pages are fresh.' : `Written: ${stale.join(', ')}.`);
}

if (repositoryNode() !== process.execPath) {
  await becomeNode(inRoot('bin/docs.mjs'), process.argv.slice(2));
} else {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, into: { type: 'string', default: ROOT } },
  });
  await main(values);
}
