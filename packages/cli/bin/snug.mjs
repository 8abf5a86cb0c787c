#!/usr/bin/env node
// Runs on whatever Node is there, and becomes `snug` on the one that is new enough.
import { inRoot } from '../../../bin/steps/repository.mjs';
import { becomeNode } from '../../../bin/steps/run.mjs';

await becomeNode(inRoot('packages/cli/src/main.ts'), process.argv.slice(2));
