#!/usr/bin/env node
/**
 * `bin/dev`: the server, which restarts when its code changes, and the web client with live reload. One Ctrl-C ends
 * both. Arguments go to `snug serve`. SNUG_DEV_SERVER says where the server listens.
 */
import './install.mjs';
import { spawn } from 'node:child_process';
import { inRoot, nodeEnvironment, repositoryNode } from './steps/repository.mjs';
import { RestartingServer } from './steps/restarting-server.mjs';

const SERVER = process.env.SNUG_DEV_SERVER ?? 'http://127.0.0.1:8080';
const WEB_PORT = '5173';
const webUrl = `http://localhost:${WEB_PORT}`;

const env = nodeEnvironment({
  SNUG_DEV_SERVER: SERVER,
  // Links and the refresh cookie belong to the page that reloads, not to the server behind it.
  SNUG_PUBLIC_URL: process.env.SNUG_PUBLIC_URL ?? webUrl,
  SNUG_ORIGINS: process.env.SNUG_ORIGINS ?? webUrl,
});
const serve = ['packages/cli/src/main.ts', 'serve', '--addr', new URL(SERVER).host, ...process.argv.slice(2)];
const server = new RestartingServer(serve, env);
const vite = [inRoot('node_modules/vite/bin/vite.js'), '--port', WEB_PORT, '--strictPort'];
// Groups of their own: Ctrl-C reaches us alone, and we end both gently, once.
const stdio = ['ignore', 'inherit', 'inherit'];
const web = spawn(repositoryNode(), vite, { cwd: inRoot('packages/web'), env, stdio, detached: true });
const webGone = new Promise((resolve) => web.once('close', resolve));

let isEnding = false;
async function end(code) {
  if (isEnding) return;
  isEnding = true;
  web.kill('SIGTERM');
  await Promise.all([server.end(), webGone]);
  process.exit(code);
}

web.once('error', (error) => console.error(error.message));
web.once('close', (code) => end(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
