/** .env.example from the settings table: every variable with its default, commented out. */
export function renderEnvironment({ SETTINGS, SETTING_NAMES, variableOf }) {
  const entries = SETTING_NAMES.map((name) => {
    const { meaning, takes, default: value } = SETTINGS[name];
    return `# ${meaning}\n# Takes ${takes}.\n#${variableOf(name)}=${value}\n`;
  });
  return `# Snug's settings as environment variables, each at its default. Generated from the settings table.
# Copy what you change to .env and start with: node --env-file=.env bin/start.mjs
# A setting in snug.yml counts less than the variable; a flag counts more. See docs/configuration.md.

${entries.join('\n')}`;
}
