/** For commands that only look: they need nobody's leave, and an instance may be running meanwhile. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AuthReader, openAuthReader } from '@snug/auth';
import type { Settings } from '@snug/server';
import type { Command } from 'commander';
import { CliFailure } from './cli-failure.ts';
import { settingsOf } from './setting-options.ts';
import type { Terminal } from './terminal.ts';

export async function withAuthReader<T>(
  command: Command,
  terminal: Terminal,
  work: (reader: AuthReader, settings: Settings) => Promise<T>,
): Promise<T> {
  const { settings } = settingsOf(command, terminal);
  const data = resolve(terminal.folder, settings.data);
  if (!existsSync(join(data, 'auth.db'))) throw new CliFailure(`there is no instance in ${settings.data}`);
  const reader = openAuthReader(data);
  try {
    return await work(reader, settings);
  } finally {
    reader.close();
  }
}
