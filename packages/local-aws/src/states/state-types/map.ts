import type { Branch, MapState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import type { Entry, Exit } from "../engine/entry.ts";
import { array, evaluated, evaluatedAs, evaluationFailure, number } from "../engine/evaluated.ts";
import { createHistory, type History } from "../engine/history.ts";
import { recovering } from "../engine/recovering.ts";
import { runBranches } from "../engine/run-branches.ts";
import { runStates } from "../engine/run-states.ts";
import { errorOutput, failureDetails, StateFailure } from "../engine/state-failure.ts";
import { record, type Strand } from "../engine/strand.ts";
import { isObject, type Json } from "../json.ts";

/**
 * Runs its processor once for each item, at most MaxConcurrency (0: all) at a time. In distributed mode the iterations
 * keep histories of their own, as the child executions that AWS runs there.
 */
export function map(state: MapState, entry: Entry): Promise<Exit> {
  const attempt = async () => {
    const result = await iterate(state, entry);
    record(entry.strand, { type: "MapStateSucceeded" });
    return await conclude(state, entry, result, { result });
  };
  return recovering(state, entry, attempt, () => record(entry.strand, { type: "MapStateFailed" }));
}

async function iterate(state: MapState, entry: Entry): Promise<Json> {
  const { strand } = entry;
  const items = await itemsOf(state, entry);
  const concurrency = await evaluatedAs(state.MaxConcurrency, "MaxConcurrency", entry, number);
  const tolerates = await tolerance(state, entry, items.length);
  const processor = state.ItemProcessor ?? state.Iterator;
  if (processor === undefined) throw new Error("parseDefinition let a Map without a processor through");

  record(strand, { type: "MapStateStarted", mapStateStartedEventDetails: { length: items.length } });
  const mode = processor.ProcessorConfig.Mode === "INLINE" ? inline(entry) : distributed(state, entry);
  mode.started();
  const result = await runBranches(strand, {
    count: items.length,
    concurrency: concurrency === 0 ? items.length : concurrency,
    from: (index) => ({ ...mode.from(), item: { Index: index, Value: items[index] ?? null } }),
    run: (index, iteration) => mode.run(index, iteration, () => item(state, processor, entry, iteration)),
    tolerates,
    failed: errorOutput,
    stopped: mode.stopped,
  }).catch(mode.failed);
  mode.succeeded();
  return result;
}

async function item(state: MapState, processor: Branch, entry: Entry, strand: Strand): Promise<Json> {
  const value = isObject(strand.item) ? (strand.item.Value ?? null) : null;
  const input =
    state.ItemSelector === undefined
      ? value
      : await evaluated(state.ItemSelector, "ItemSelector", { ...entry, strand });
  return await runStates(processor, input, strand);
}

async function itemsOf(state: MapState, entry: Entry): Promise<readonly Json[]> {
  if (state.Items !== undefined) return await evaluatedAs(state.Items, "Items", entry, array);
  if (array.is(entry.input)) return entry.input;
  throw evaluationFailure(
    entry,
    "Items",
    `Map state input must be an array but was: ${JSON.stringify(entry.input)}`,
  );
}

async function tolerance(
  state: MapState,
  entry: Entry,
  count: number,
): Promise<(failures: number) => boolean> {
  const most = await evaluatedAs(state.ToleratedFailureCount ?? 0, "ToleratedFailureCount", entry, number);
  const percentage = await evaluatedAs(
    state.ToleratedFailurePercentage ?? 0,
    "ToleratedFailurePercentage",
    entry,
    number,
  );
  return (failures) => failures <= most || failures * 100 <= percentage * count;
}

/** How one mode of Map shows in the history. */
interface Mode {
  readonly from: () => { history?: History; lastEvent?: number };
  readonly run: (index: number, iteration: Strand, work: () => Promise<Json>) => Promise<Json>;
  readonly stopped: (index: number) => void;
  readonly started: () => void;
  readonly succeeded: () => void;
  readonly failed: (failure: unknown) => never;
}

function inline({ name, strand }: Entry): Mode {
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

function distributed(state: MapState, { name, strand }: Entry): Mode {
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
