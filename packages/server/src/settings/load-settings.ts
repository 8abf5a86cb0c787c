/** Settings from defaults, files, environment and flags, in rising order. Anything unknown or invalid stops the start. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { closestName } from './closest-name.ts';
import type { SettingRole } from './setting.ts';
import { SettingsError } from './settings-error.ts';
import { readSettingsFile, type Written } from './settings-file.ts';
import {
  defaultSettings,
  flagOf,
  isSettingName,
  SETTING_NAMES,
  SETTINGS,
  type SettingName,
  type Settings,
  variableOf,
} from './settings-table.ts';

export interface SettingsSources {
  /** Folder in which `snug.yml`, `snug.auth.yml` and `snug.chat.yml` are looked for. */
  folder: string;
  /** Files named outright instead; a missing one is an error. */
  files?: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  flags: Readonly<Partial<Record<SettingName, unknown>>>;
}

export interface LoadedSettings {
  settings: Settings;
  /** Where each value comes from: `default`, `snug.yml:3`, `SNUG_ADDR`, `--addr`. */
  from: Record<SettingName, string>;
}

/** `SNUG_*` variables that are not settings: switches of the tools, and what Kubernetes puts beside a service. */
const NOT_SETTINGS = /^SNUG_(?:CONFIG|DEBUG|REQUIRE_ALL|DEV_.+|TEST_.+|BENCH_.+|SERVICE_.+|PORT(?:_.+)?)$/;

/** @throws SettingsError naming every problem and where it stands. */
export function loadSettings(sources: SettingsSources): LoadedSettings {
  const problems: string[] = [];
  const fromFiles = readFiles(sources, problems);
  const fromEnv = readEnvironment(sources.env, problems);
  const fromFlags: Written[] = SETTING_NAMES.filter((name) => sources.flags[name] !== undefined).map((name) => ({
    name,
    value: sources.flags[name],
    where: flagOf(name),
  }));
  const settings = defaultSettings();
  const from = Object.fromEntries(SETTING_NAMES.map((name) => [name, 'default'])) as Record<SettingName, string>;
  for (const { name, value, where } of [...fromFiles, ...fromEnv, ...fromFlags]) {
    const parsed = SETTINGS[name].schema.safeParse(value);
    if (parsed.success) {
      Object.assign(settings, { [name]: parsed.data });
      from[name] = where;
    } else {
      const label = where === flagOf(name) || where === variableOf(name) ? '' : `\`${name}\` `;
      problems.push(`${where}: ${label}${parsed.error.issues[0]?.message ?? 'is not valid'}`);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return { settings, from };
}

function readFiles(sources: SettingsSources, problems: string[]): Written[] {
  const named = sources.files ?? sources.env.SNUG_CONFIG?.split(',').filter((path) => path !== '');
  const paths =
    named ??
    ['snug.yml', 'snug.auth.yml', 'snug.chat.yml']
      .map((file) => join(sources.folder, file))
      .filter((p) => existsSync(p));
  const seen = new Map<SettingName, string>();
  const written: Written[] = [];
  for (const path of paths) {
    if (!existsSync(path)) {
      problems.push(`${path}: there is no such file`);
      continue;
    }
    const file = readSettingsFile(path, roleOfFile(path));
    problems.push(...file.problems);
    for (const item of file.written) {
      const earlier = seen.get(item.name);
      if (earlier !== undefined) problems.push(`${item.where}: \`${item.name}\` is already set at ${earlier}`);
      seen.set(item.name, item.where);
      written.push(item);
    }
  }
  return written;
}

function roleOfFile(path: string): SettingRole | null {
  const match = /\.(auth|chat)\.ya?ml$/.exec(basename(path));
  return match === null ? null : (match[1] as SettingRole);
}

/** An empty variable is as good as none: that is how compose files leave one out. */
function readEnvironment(env: SettingsSources['env'], problems: string[]): Written[] {
  const written: Written[] = [];
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith('SNUG_') || value === undefined || value === '' || NOT_SETTINGS.test(variable)) continue;
    const name = variable.slice('SNUG_'.length).toLowerCase();
    if (isSettingName(name)) {
      written.push({ name, value, where: variable });
      continue;
    }
    const meant = closestName(name, SETTING_NAMES) as SettingName | null;
    problems.push(`${variable}: unknown setting${meant === null ? '' : `; did you mean ${variableOf(meant)}?`}`);
  }
  return written;
}
