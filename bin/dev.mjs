#!/usr/bin/env node
/**
 * `bin/dev`: the server, which restarts when its code changes, and the web client with live reload. One Ctrl-C ends
 * both; when one of them ends, so does the other. Arguments go to `snug serve`.
 */
import './install.mjs';
import { spawn } from 'node:child_process';
import { inRoot, nodeEnvironment, repositoryNode } from './steps/repository.mjs';

const SERVER = process.env.SNUG_DEV_SERVER ?? 'http://127.0.0.1:8080';
const WEB_PORT = '5173';
const webUrl = `http://localhost:${WEB_PORT}`;

const env = nodeEnvironment({
  SNUG_DEV_SERVER: SERVER,
  // Links and the refresh cookie belong to the page that reloads, not to the server behind it.
  SNUG_PUBLIC_URL: process.env.SNUG_PUBLIC_URL ?? webUrl,
  SNUG_ORIGINS: process.env.SNUG_ORIGINS ?? webUrl,
});
const serve = ['--watch', '--watch-preserve-output', 'packages/cli/src/main.ts', 'serve'];
const children = [
  start([...serve, '--addr', new URL(SERVER).host, ...process.argv.slice(2)], inRoot()),
  start([inRoot('node_modules/vite/bin/vite.js'), '--port', WEB_PORT, '--strictPort'], inRoot('packages/web')),
];
let isEnding = false;

function start(args, cwd) {
  const child = spawn(repositoryNode(), args, { cwd, env, stdio: 'inherit' });
  child.once('error', (error) => {
    console.error(error.message);
    endAll('SIGTERM');
  });
  child.once('close', (code) => {
    if (!isEnding && code !== 0) process.exitCode = code ?? 1;
    endAll('SIGTERM');
  });
  return child;
}

function endAll(signal) {
  if (isEnding) return;
  isEnding = true;
  for (const child of children) if (child.exitCode === null) child.kill(signal);
}

// A terminal sends Ctrl-C to the children too; who got it from elsewhere is told a moment later.
process.on('SIGINT', () => setTimeout(() => endAll('SIGTERM'), 1000).unref());
process.on('SIGTERM', () => endAll('SIGTERM'));
