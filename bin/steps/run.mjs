/** Runs a program of the repository and tells how it ended. */
import { spawn } from 'node:child_process';
import { nodeEnvironment, ROOT, repositoryNode } from './repository.mjs';

const END_WITH_PARENT = new URL('end-with-parent.mjs', import.meta.url).href;

/**
 * Runs `node file ...args`. With `capture` the output is kept and returned, else it goes where ours goes.
 * Resolves to `{ code, output }`; a program ended by a signal has code 1.
 */
export function runNode(file, args = [], options = {}) {
  return run(repositoryNode(), [file, ...args], options);
}

export function run(command, args, { cwd = ROOT, env = {}, capture = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: nodeEnvironment(env),
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/**
 * Becomes another Node program: the same process where the system can do that, else a child that we stand in for. Under
 * `npm start` it ends when npm does.
 */
export async function becomeNode(file, args) {
  const node = repositoryNode();
  const preload = process.env.npm_lifecycle_event === 'start' ? ['--import', END_WITH_PARENT] : [];
  const all = [...preload, file, ...args];
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.execve(node, [node, ...all], nodeEnvironment());
  }
  await standIn(spawn(node, all, { stdio: 'inherit', env: nodeEnvironment() }));
}

/** Passes signals on, and ends as the child ends. */
async function standIn(child) {
  // A terminal sends Ctrl-C to the child as well: passing it on would make it two, which means "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}
