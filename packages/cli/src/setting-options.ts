/** Flags for settings, made from the settings table, and the settings that result. */
import { resolve } from 'node:path';
import { flagOf, type LoadedSettings, loadSettings, SETTINGS, type SettingName } from '@snug/server';
import { type Command, Option } from 'commander';
import type { Terminal } from './terminal.ts';

/** Settings that every command which opens the data folder takes as flags. */
export const DATA_SETTINGS: readonly SettingName[] = ['data', 'log_level'];

export function addSettingOptions(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const { meaning, takes, default: value } = SETTINGS[name];
    const shown = String(value) === '' ? 'none' : String(value);
    command.addOption(new Option(`${flagOf(name)} <value>`, `${meaning} Takes ${takes}. (default: ${shown})`));
  }
  return command.option('--config <files>', 'settings files to read instead of ./snug.yml, separated by commas');
}

/** @throws SettingsError naming everything that is wrong. */
export function settingsOf(command: Command, terminal: Terminal): LoadedSettings {
  const options = command.optsWithGlobals<Record<string, string | undefined>>();
  const flags = Object.fromEntries(
    (Object.keys(SETTINGS) as SettingName[]).map((name) => [name, options[camelCase(name)]] as const),
  );
  const files = options.config?.split(',').map((file) => resolve(terminal.folder, file));
  return loadSettings({
    folder: terminal.folder,
    env: terminal.env,
    flags,
    ...(files === undefined ? {} : { files }),
  });
}

/** The name commander gives to `--access-token-ttl`. */
function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
