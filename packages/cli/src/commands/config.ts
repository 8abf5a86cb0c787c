import { SETTING_NAMES } from '@snug/server';
import { Command } from 'commander';
import { addSettingOptions, settingsOf } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ snug config                    every setting, its value, and where it comes from
  $ snug config --json | jq .addr.value
  $ snug config --addr :9000       what it would be with this flag`;

export function configCommand(terminal: Terminal): Command {
  const command = new Command('config')
    .description('Show the settings in force and where each comes from; fails when one is wrong')
    .option('--json', 'as one JSON object')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(command, SETTING_NAMES).action(() => {
    const { settings, from } = settingsOf(command, terminal);
    if (command.opts<{ json?: true }>().json) {
      const all = SETTING_NAMES.map((name) => [name, { value: settings[name], from: from[name] }]);
      terminal.out(JSON.stringify(Object.fromEntries(all)));
      return;
    }
    const width = Math.max(...SETTING_NAMES.map((name) => name.length));
    for (const name of SETTING_NAMES) {
      const value = [settings[name]].flat().join(', ') || '-';
      terminal.out(`${name.padEnd(width)}  ${value}  (${from[name]})`);
    }
  });
}
