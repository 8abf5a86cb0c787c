import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Ten excerpts of a real channel, which lie beside the checkout where they are available. */
const FOLDER = join(import.meta.dirname, '../../../../shared/data/irc-ubuntu');

export function realLogs(): string[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.raw.txt'))
    .map((name) => join(FOLDER, name));
}

/** Whether a test may be skipped for want of the logs: never where everything has to run. */
export const MAY_SKIP_REAL_LOGS: boolean = realLogs().length === 0 && process.env.SNUG_REQUIRE_ALL !== '1';
