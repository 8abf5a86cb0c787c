/** What is wrong with the settings, all of it at once: nobody wants to fix a file one start at a time. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'INVALID_SETTINGS';
  /** One line per problem, each beginning with where it stands. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
