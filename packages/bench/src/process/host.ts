import { join } from 'node:path';
import { Child, type ChildOptions } from './child.ts';

export interface Host<T> extends AsyncDisposable {
  readonly child: Child;
  readonly pid: number;
  /** What it said when it was ready. */
  readonly offers: T;
}

export interface HostOptions {
  /** What it is held to: the server's core unless given. */
  readonly core?: ChildOptions['core'];
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
}

/** Starts one of `hosts/` and waits until it is ready. @param name of the file, without `.ts`. */
export async function startHost<T = { port: number }>(
  name: string,
  args: readonly string[] = [],
  { core = 'server', node = [] }: HostOptions = {},
): Promise<Host<T>> {
  const child = new Child({ command: [...node, join(import.meta.dirname, '../hosts', `${name}.ts`), ...args], core });
  const offers = await child.ready<T>();
  return { child, pid: child.pid, offers, [Symbol.asyncDispose]: () => child.stop() };
}
