/** Reads `snug.yml`: settings at the top, or under the role they belong to (`auth:`, `chat:`). */
import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';
import { closestName } from './closest-name.ts';
import type { SettingRole } from './setting.ts';
import { isSettingName, SETTING_NAMES, SETTINGS, type SettingName } from './settings-table.ts';

/** A value as somebody wrote it, and where. */
export interface Written {
  name: SettingName;
  value: unknown;
  /** `snug.yml:3`, `SNUG_ADDR` or `--addr`. */
  where: string;
}

const SECTIONS: readonly SettingRole[] = ['auth', 'chat'];

/**
 * The values of one file, and what cannot be read in it.
 * @param role the role a file of its own is for (`snug.auth.yml`), or null for the one file.
 */
export function readSettingsFile(path: string, role: SettingRole | null): { written: Written[]; problems: string[] } {
  return parseSettings(readFileSync(path, 'utf8'), path, role);
}

export function parseSettings(
  source: string,
  path: string,
  role: SettingRole | null,
): { written: Written[]; problems: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true });
  const where = (offset: number | undefined): string =>
    offset === undefined ? path : `${path}:${lines.linePos(offset).line}`;
  // What follows the first mistake of syntax is mostly its echo.
  const problems = document.errors
    .slice(0, 1)
    .map(
      (error) => `${where(error.pos[0])}: ${error.message.split('\n')[0]?.replace(/ at line .*$/, '') ?? error.code}`,
    );
  const written: Written[] = [];
  if (problems.length > 0 || document.contents === null) return { written, problems };
  if (!isMap(document.contents))
    return { written, problems: [`${path}: must hold settings, one \`name: value\` a line`] };
  readPairs(document.contents.items as Pair[], role, true);
  return { written, problems };

  function readPairs(pairs: Pair[], inRole: SettingRole | null, isTop: boolean): void {
    for (const pair of pairs) {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      const at = where((pair.key as { range?: [number, number, number] }).range?.[0]);
      if (isTop && (SECTIONS as readonly string[]).includes(key)) {
        if (isMap(pair.value)) readPairs(pair.value.items as Pair[], key as SettingRole, false);
        else problems.push(`${at}: \`${key}:\` is a section and holds settings`);
        continue;
      }
      const problem = problemWith(key, inRole, isTop);
      if (problem !== null) problems.push(`${at}: ${problem}`);
      else written.push({ name: key as SettingName, value: toPlain(pair), where: at });
    }
  }
}

function toPlain(pair: Pair): unknown {
  const value = pair.value as { toJSON?: () => unknown } | null;
  return typeof value?.toJSON === 'function' ? value.toJSON() : value;
}

function problemWith(key: string, role: SettingRole | null, isTop: boolean): string | null {
  if (!isSettingName(key)) {
    const meant = closestName(key, SETTING_NAMES);
    return `unknown setting \`${key}\`${meant === null ? '' : `; did you mean \`${meant}\`?`}`;
  }
  const owner = SETTINGS[key].role;
  // A role's own file may carry what every process needs; a section of the one file may not.
  if (role === null || owner === role || (isTop && owner === 'all')) return null;
  return `\`${key}\` does not belong to \`${role}\`${owner === 'all' ? '; write it at the top' : ` but to \`${owner}\``}`;
}
