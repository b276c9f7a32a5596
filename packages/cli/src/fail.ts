/** What `espalier` ends with. Scripts may rely on these numbers; `espalier --help` lists them. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  rolledBack: 3,
  stopped: 4,
  refused: 5,
  stillRunning: 6,
} as const;

/** A mistake the user can mend: printed as one line, without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? ExitCode.failed;
  }
}
