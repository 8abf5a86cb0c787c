import { Command } from 'commander';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';
import { withInstance } from '../with-instance.ts';

const EXAMPLES = `
Examples:
  $ snug migrate --data /srv/snug

\`snug serve\` migrates by itself when it starts; this is for doing it at a moment of your choosing.`;

export function migrateCommand(terminal: Terminal): Command {
  const command = new Command('migrate')
    .description('Bring the data folder up to this version')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(command, DATA_SETTINGS).action(() =>
    withInstance(command, terminal, async ({ settings }) => {
      terminal.out(`${settings.data} is up to date.`);
    }),
  );
}
