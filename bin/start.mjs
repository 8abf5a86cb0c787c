#!/usr/bin/env node
/**
 * `npm start`: builds the web client when it is stale, then becomes `snug serve` with the arguments given. It becomes
 * the server rather than starting it, so that a signal reaches the server once and nothing stays behind.
 */
import { inRoot } from './steps/repository.mjs';
import { becomeNode } from './steps/run.mjs';
import { buildWebWhenStale } from './steps/web-build.mjs';

if (!(await buildWebWhenStale())) process.exit(1);
await becomeNode(inRoot('packages/cli/src/main.ts'), ['serve', ...process.argv.slice(2)]);
