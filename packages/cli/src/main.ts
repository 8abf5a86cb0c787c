/** Entry point of the `snug` command. */
import { runCli } from './run-cli.ts';
import { processTerminal } from './terminal.ts';

// Files that any command creates are for their owner only, whatever the shell's mask says.
process.umask(0o077);
process.exitCode = await runCli(process.argv.slice(2), processTerminal());
