/** Entry point of the `snug` command. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// Half of a start is reading and compiling our own files. What cannot be cached there is compiled as ever.
enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/snug'));
// Files that any command creates are for their owner only, whatever the shell's mask says.
process.umask(0o077);
const { runCli } = await import('./run-cli.ts');
const { processTerminal } = await import('./terminal.ts');
process.exitCode = await runCli(process.argv.slice(2), processTerminal());
