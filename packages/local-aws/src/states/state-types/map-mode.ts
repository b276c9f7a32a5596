import type { MapState } from "../definition/state-machine-definition.ts";
import type { Entry } from "../engine/entry.ts";
import { createHistory } from "../engine/history.ts";
import { failureDetails, StateFailure } from "../engine/state-failure.ts";
import { record, type Strand, type StrandOrigin } from "../engine/strand.ts";
import type { Json } from "../json.ts";

/** How one mode of Map shows in the history. */
export interface MapMode {
  readonly from: () => StrandOrigin;
  readonly run: (index: number, iteration: Strand, work: () => Promise<Json>) => Promise<Json>;
  readonly stopped: (index: number) => void;
  readonly started: () => void;
  readonly succeeded: () => void;
  readonly failed: (failure: unknown) => never;
}

/** Iterations that are part of the execution. */
export function inline({ name, strand }: Entry): MapMode {
  return {
    from: () => ({}),
    started: () => {},
    succeeded: () => {},
    stopped: (index) =>
      record(strand, { type: "MapIterationAborted", mapIterationAbortedEventDetails: { name, index } }),
    failed(failure) {
      throw failure;
    },
    async run(index, iteration, work) {
      if (iteration.progress?.past === undefined)
        record(iteration, { type: "MapIterationStarted", mapIterationStartedEventDetails: { name, index } });
      try {
        const output = await work();
        record(iteration, {
          type: "MapIterationSucceeded",
          mapIterationSucceededEventDetails: { name, index },
        });
        return output;
      } catch (failure) {
        if (failure instanceof StateFailure)
          record(iteration, { type: "MapIterationFailed", mapIterationFailedEventDetails: { name, index } });
        throw failure;
      }
    },
  };
}

/** Iterations that AWS would run as child executions: only the run shows. */
export function distributed(state: MapState, { name, strand }: Entry): MapMode {
  const { platform, execution } = strand.surroundings;
  const { stateMachineArn } = execution.revision;
  const run = `${state.Label ?? name}:${platform.hexId(32)}`;
  const mapRunArn = `${stateMachineArn.replace(":stateMachine:", ":mapRun:")}/${run}`;
  return {
    from: () => ({ history: createHistory(platform.clock.now, () => {}), lastEvent: 0 }),
    started: () => record(strand, { type: "MapRunStarted", mapRunStartedEventDetails: { mapRunArn } }),
    succeeded: () => record(strand, { type: "MapRunSucceeded" }),
    stopped: () => {},
    failed(cause) {
      if (!(cause instanceof StateFailure)) throw cause;
      const failure = new StateFailure(
        "States.ExceedToleratedFailureThreshold",
        "The specified tolerated failure threshold was exceeded",
        { cause },
      );
      record(strand, { type: "MapRunFailed", mapRunFailedEventDetails: failureDetails(failure) });
      throw failure;
    },
    run: (_index, _iteration, work) => work(),
  };
}
