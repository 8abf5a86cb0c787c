/** Which core runs what: servers on the first, the load generator on the second, where the machine lets us say so. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

export const SERVER_CORE = '0';
export const GENERATOR_CORE = '1';

/** Whether processes can be held to a core here: Linux with taskset and two cores. */
export const canPin: boolean =
  process.platform === 'linux' &&
  availableParallelism() >= 2 &&
  spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

/** Holds this process, all of its threads, to the generator's core. */
export function pinGenerator(): void {
  if (!canPin) return;
  const { status, stderr } = spawnSync('taskset', ['-a', '-c', '-p', GENERATOR_CORE, String(process.pid)]);
  if (status !== 0) throw new Error(`the generator could not be pinned: ${stderr.toString('utf8')}`);
}

/** A command that runs held to a core; null leaves it free. */
export function pinned(core: string | null, command: readonly string[]): { file: string; args: string[] } {
  const [file = '', ...args] = canPin && core !== null ? ['taskset', '-c', core, ...command] : command;
  return { file, args };
}
