/** Exit codes: 0 done, 1 failed, 2 the command was not understood (usage or settings). */
export const EXIT = { OK: 0, FAILED: 1, USAGE: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command ended without doing what was asked, for a reason that fits one line. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.FAILED) {
    super(message);
    this.exitCode = exitCode;
  }
}
