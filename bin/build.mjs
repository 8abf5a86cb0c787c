#!/usr/bin/env node
/** Builds the web client when it is missing or stale. */
import { buildWebWhenStale } from './steps/web-build.mjs';

if (!(await buildWebWhenStale())) process.exit(1);
