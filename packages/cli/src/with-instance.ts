/** Opens the data folder for a command that works on it while no server runs, and closes it whatever happens. */
import { resolve } from 'node:path';
import { type OpenInstance, openInstance, type Settings } from '@snug/server';
import type { Command } from 'commander';
import { settingsOf } from './setting-options.ts';
import type { Terminal } from './terminal.ts';

/**
 * @param change settings that the command needs otherwise than they are configured.
 * @throws InstanceRunning when a server, or another command, has the folder.
 */
export async function withInstance<T>(
  command: Command,
  terminal: Terminal,
  work: (instance: OpenInstance) => Promise<T>,
  change: Partial<Settings> = {},
): Promise<T> {
  const { settings, from } = settingsOf(command, terminal);
  // What a server logs as its day goes by is noise beside the result of a command.
  const log_level = from.log_level === 'default' ? 'warn' : settings.log_level;
  const instance = await openInstance(
    { ...settings, data: resolve(terminal.folder, settings.data), log_level, ...change },
    { write: (line) => terminal.err(line.trimEnd()) },
  );
  try {
    return await work(instance);
  } finally {
    await instance.close();
  }
}
