import { type RunningInstance, SETTING_NAMES, type Settings, startServer, stopOnSignal, VERSION } from '@snug/server';
import { Command } from 'commander';
import { CliFailure } from '../cli-failure.ts';
import { logWriter } from '../log-writer.ts';
import { addSettingOptions, settingsOf } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ snug serve                                     on port 8080, data in ./data
  $ snug serve --addr 127.0.0.1:9000 --data /srv/snug
  $ snug serve --registration open --theme kaizen
  $ SNUG_PUBLIC_URL=https://chat.example.org snug serve

Every flag is also a line of snug.yml and a SNUG_* variable; \`snug config\` shows what is in force.
On a fresh data folder the first start prints a link that makes the administrator.
SIGTERM and Ctrl+C stop gently: clients are told to come back, what is under way finishes.`;

export function serveCommand(terminal: Terminal): Command {
  const command = new Command('serve').description('Start the instance').addHelpText('after', EXAMPLES);
  return addSettingOptions(command, SETTING_NAMES).action(async () => {
    const { settings } = settingsOf(command, terminal);
    const code = await serve(settings, terminal);
    if (code !== 0) throw new CliFailure('the instance did not stop cleanly');
  });
}

async function serve(settings: Settings, terminal: Terminal): Promise<number> {
  const write = logWriter(terminal);
  const instance = await startServer(settings, { write });
  const onCrash = (error: unknown): void => {
    instance.logger.fatal({ err: error }, 'crashed');
    process.exit(1);
  };
  process.on('uncaughtException', onCrash);
  process.on('unhandledRejection', onCrash);
  for (const line of greeting(instance)) terminal.out(line);
  return stopOnSignal(
    instance,
    () => process.exit(1),
    (error) => instance.logger.error({ err: error }, 'stopping failed'),
  );
}

function greeting({ settings, url, publicUrl, ownerLink }: RunningInstance): string[] {
  const lines = ['', `Snug ${VERSION} is running: ${publicUrl}`];
  if (publicUrl !== url) lines.push(`Listening at ${url}`);
  lines.push(`Data is in ${settings.data}`);
  if (ownerLink !== null) {
    lines.push('', 'Nobody owns this instance yet. This link makes the administrator, once:', '', `  ${ownerLink}`);
  }
  return [...lines, ''];
}
