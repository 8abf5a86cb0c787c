/** docs/configuration.md, made from the settings table. */
import { flagOf, SETTING_NAMES, SETTINGS, type SettingName, variableOf } from './settings-table.ts';

const HEADINGS = { all: 'For every role', auth: 'Sign-in (`auth`)', chat: 'Chat (`chat`)' } as const;

const INTRODUCTION = `# Configuration

This page is generated from the settings table in \`packages/server/src/settings/settings-table.ts\`.

A setting has one name everywhere: \`access_token_ttl\` in \`snug.yml\`, \`SNUG_ACCESS_TOKEN_TTL\` in the environment,
\`--access-token-ttl\` as a flag. Flags win over the environment, the environment over files, files over defaults.
An unknown or invalid setting stops the start and says where it stands. \`snug config\` shows what is in force and
where each value comes from.

Files are \`snug.yml\` in the working folder, or those named by \`--config\` or \`SNUG_CONFIG\` (separated by commas). A role may have
a section of its own in the one file, or a file of its own beside it (\`snug.auth.yml\`, \`snug.chat.yml\`):

\`\`\`yaml
addr: 127.0.0.1:8080
public_url: https://chat.example.org
auth:
  registration: invite
  access_token_ttl: 15m
chat:
  server_creation: admins
\`\`\`

Lists are YAML lists in a file, and words separated by commas in the environment and in flags.
`;

export function renderSettingsDoc(): string {
  const sections = (['all', 'auth', 'chat'] as const).map((role) => {
    const names = SETTING_NAMES.filter((name) => SETTINGS[name].role === role);
    return `\n## ${HEADINGS[role]}\n\n${names.map(renderSetting).join('\n\n')}\n`;
  });
  return INTRODUCTION + sections.join('');
}

function renderSetting(name: SettingName): string {
  const { meaning, takes } = SETTINGS[name];
  return [
    `### \`${name}\``,
    '',
    meaning,
    '',
    `- Takes: ${takes}`,
    `- Default: ${showValue(SETTINGS[name].default)}`,
    `- Also: \`${variableOf(name)}\`, \`${flagOf(name)}\``,
  ].join('\n');
}

function showValue(value: unknown): string {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return 'empty';
  return `\`${String(value)}\``;
}
