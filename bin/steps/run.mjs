/** Runs a program of the repository and tells how it ended. */
import { spawn } from 'node:child_process';
import { nodeEnvironment, ROOT, repositoryNode } from './repository.mjs';

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

/** Becomes another Node program: the same process where the system can do that, else a child that we stand in for. */
export async function becomeNode(file, args) {
  const node = repositoryNode();
  if (typeof process.execve === 'function' && process.platform !== 'win32') {
    process.execve(node, [node, file, ...args], nodeEnvironment());
  }
  const child = spawn(node, [file, ...args], { stdio: 'inherit', env: nodeEnvironment() });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}
