import type { Caller } from "../../platform.ts";
import type { Execution } from "./execution.ts";
import type { NewEvent } from "./history.ts";
import type { Progress } from "./progress.ts";
import { runStates } from "./run-states.ts";
import { failureDetails, StateFailure } from "./state-failure.ts";
import { createStrand, record, type Surroundings } from "./strand.ts";

/** Starts an execution's work, or takes it up where `progress` left it; its end is told to `ended`, once. */
export function runExecution(
  shared: Omit<Surroundings, "caller">,
  progress: Progress | undefined,
  ended: () => void,
): void {
  const { execution, platform, input } = shared;
  const { revision } = execution;
  const { clock } = platform;
  const stop = new AbortController();
  const strand = createStrand({ ...shared, caller: roleOf(shared) }, stop.signal, { progress });
  const { TimeoutSeconds } = revision.definition;

  const end = (ending: NonNullable<Execution["ending"]>, event: NewEvent) => {
    if (execution.ending !== undefined) return;
    execution.ending = ending;
    // What it holds on to is needed no more.
    execution.stop = () => {};
    const last = execution.history.end(event, strand.lastEvent);
    progress?.recorded(last);
    timer?.cancel();
    stop.abort(new Error(`the execution is ${ending.status}`));
    ended();
  };
  const fail = (failure: StateFailure) =>
    end(
      { status: "FAILED", at: clock.now(), failure: { error: failure.error, reason: failure.reason } },
      { type: "ExecutionFailed", executionFailedEventDetails: failureDetails(failure) },
    );
  const timer =
    TimeoutSeconds === undefined
      ? undefined
      : clock.after(execution.startedAt + TimeoutSeconds * 1000 - clock.now(), () =>
          end(
            { status: "TIMED_OUT", at: clock.now() },
            { type: "ExecutionTimedOut", executionTimedOutEventDetails: {} },
          ),
        );
  execution.stop = (failure) =>
    end(
      { status: "ABORTED", at: clock.now(), failure: { error: failure.error, reason: failure.reason } },
      { type: "ExecutionAborted", executionAbortedEventDetails: failureDetails(failure) },
    );

  if (execution.history.events.length === 0)
    record(strand, {
      type: "ExecutionStarted",
      executionStartedEventDetails: {
        input: execution.input,
        inputDetails: { truncated: false },
        roleArn: revision.roleArn,
      },
    });
  runStates(revision.definition, input, strand)
    .then((value) => {
      const output = JSON.stringify(value);
      end(
        { status: "SUCCEEDED", at: clock.now(), output },
        {
          type: "ExecutionSucceeded",
          executionSucceededEventDetails: { output, outputDetails: { truncated: false } },
        },
      );
    })
    .catch((problem) => fail(asFailure(problem)))
    .finally(() => strand.attention.release());
}

/** Whatever is not a failure of a state is a fault of this engine; it ends the execution, not the process. */
function asFailure(problem: unknown): StateFailure {
  if (problem instanceof StateFailure) return problem;
  return new StateFailure("States.Runtime", `An internal error occurred: ${problem}`, { cause: problem });
}

function roleOf({ platform, execution }: Omit<Surroundings, "caller">): () => Caller {
  const session = platform.hexId(32);
  return () => platform.assume(execution.revision.roleArn, session, "states.amazonaws.com");
}
