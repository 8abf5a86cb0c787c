/** Any error as one clear line and an exit code. The stack is for `SNUG_DEBUG`. */
import { Refusal } from '@snug/protocol';
import { InstanceRunning, SettingsError } from '@snug/server';
import { CommanderError } from 'commander';
import { CliFailure, EXIT, type ExitCode } from './cli-failure.ts';

export interface Explained {
  /** null when what had to be said was said. */
  message: string | null;
  exitCode: ExitCode;
}

export function explainError(error: unknown): Explained {
  if (error instanceof CommanderError) {
    // Commander has printed its own message, or the help that was asked for.
    return { message: null, exitCode: error.exitCode === 0 ? EXIT.OK : EXIT.USAGE };
  }
  if (error instanceof CliFailure) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof SettingsError) return { message: error.message, exitCode: EXIT.USAGE };
  if (error instanceof InstanceRunning) return { message: `${error.code}: ${error.message}`, exitCode: EXIT.FAILED };
  if (error instanceof Refusal) return { message: explainRefusal(error), exitCode: EXIT.FAILED };
  return { message: explainSystem(error), exitCode: EXIT.FAILED };
}

function explainRefusal({ code, message, extra }: Refusal): string {
  const issues = (extra.issues ?? []).map((issue) => `${issue.path} ${issue.message}`);
  return `${code}: ${message}${issues.length === 0 ? '' : ` (${issues.join('; ')})`}`;
}

const SYSTEM: Readonly<Record<string, (error: { path?: string; address?: string; port?: number }) => string>> = {
  EADDRINUSE: ({ port }) => `port ${port} is in use; choose another with --addr, such as --addr :${(port ?? 0) + 1}`,
  EACCES: ({ path, port }) =>
    path === undefined ? `port ${port} may not be used by this user; choose one above 1023` : `${path}: not allowed`,
  EADDRNOTAVAIL: ({ address }) => `${address} is not an address of this machine`,
  ENOTFOUND: () => 'the host in --addr is not known',
  ENOENT: ({ path }) => `${path}: there is no such file`,
  EISDIR: ({ path }) => `${path ?? 'that path'} is a folder`,
  ENOSPC: () => 'the disk is full',
};

function explainSystem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: string };
  const explain = code === undefined ? undefined : SYSTEM[code];
  return explain === undefined ? error.message : explain(error as never);
}
