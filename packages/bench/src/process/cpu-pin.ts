/** Which core runs what: servers on the first, the load generator on the second, where the machine lets us say so. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** The cores this process was given, as the kernel lists them: `0-1`, `2,5-7`. Read before anything is pinned. */
const ALLOWED = /^Cpus_allowed_list:\s*(\S+)$/m.exec(
  existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '',
)?.[1];

const CORES = ALLOWED === undefined ? [] : parseCores(ALLOWED);

const [SERVER_CORE, GENERATOR_CORE] = CORES;

/** Whether processes can be held to a core here: Linux with taskset and two cores. */
export const canPin: boolean =
  GENERATOR_CORE !== undefined && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

/** Holds this process, all of its threads, to the generator's core. */
export function pinGenerator(): void {
  if (!canPin) return;
  const { status, stderr } = spawnSync('taskset', ['-a', '-c', '-p', GENERATOR_CORE as string, String(process.pid)]);
  if (status !== 0) throw new Error(`the generator could not be pinned: ${stderr.toString('utf8')}`);
}

/** A command that runs held to the server's core; or free to use every core, unlike the generator that starts it. */
export function pinned(to: 'server' | 'every core', command: readonly string[]): { file: string; args: string[] } {
  const cores = to === 'server' ? SERVER_CORE : ALLOWED;
  const [file = '', ...args] = canPin ? ['taskset', '-c', cores as string, ...command] : command;
  return { file, args };
}

/** Each core of a list such as `2,5-7`. */
export function parseCores(list: string): string[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => String(first + offset));
  });
}
