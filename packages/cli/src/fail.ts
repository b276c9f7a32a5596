/** What `espalier` ends with. Scripts may rely on these numbers; `espalier --help` lists them. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  toDo: 2,
  rolledBack: 3,
  stopped: 4,
  refused: 5,
  notYet: 6,
  denied: 7,
  interrupted: 130,
} as const;

/** What each exit code says, for help. */
export const exitCodeMeanings: Readonly<Record<keyof typeof ExitCode, string>> = {
  done: "done; with --wait: promoted",
  failed: "something failed, or is not there",
  usage: "the command line, or a file it names, is not as it must be; nothing was asked for",
  toDo: "topology plan and drift: there is something to do, and nothing else; what is a 2 elsewhere is a 1 there",
  rolledBack: "the rollout was rolled back",
  stopped: "the rollout was stopped: somebody else changed the weights, or its workflow ended",
  refused: "what was asked for was refused",
  notYet:
    "not done yet: no answer in time, or what a rollout or another apply holds was left alone (topology apply and destroy); ask again",
  denied: "policy check: the call is denied, from some VPCs at least",
  interrupted: "Ctrl-C",
};

/** A mistake the user can mend: printed as one line, without a stack trace. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? ExitCode.failed;
  }
}
