/** Settings, and the composition of the roles into one process. */

export * from './data-lock.ts';
export * from './open-instance.ts';
export * from './settings/load-settings.ts';
export * from './settings/render-settings-doc.ts';
export { parseAddress } from './settings/setting.ts';
export * from './settings/settings-error.ts';
export {
  defaultSettings,
  flagOf,
  SETTING_NAMES,
  SETTINGS,
  type SettingName,
  type Settings,
  variableOf,
} from './settings/settings-table.ts';
export * from './start-server.ts';
export * from './stop-on-signal.ts';
export { VERSION } from './version.ts';
