import type { Branch, MapState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import { type Entry, type Exit, nowDoing, takeUp } from "../engine/entry.ts";
import {
  array,
  evaluated,
  evaluatedAs,
  evaluatedInteger,
  evaluationFailure,
  number,
} from "../engine/evaluated.ts";
import { recovering } from "../engine/recovering.ts";
import { runBranches } from "../engine/run-branches.ts";
import { runStates } from "../engine/run-states.ts";
import { errorOutput } from "../engine/state-failure.ts";
import { record, type Strand } from "../engine/strand.ts";
import { isObject, type Json } from "../json.ts";
import { distributed, inline } from "./map-mode.ts";

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
  const past = takeUp(entry, "branching");
  const items = array.is(past?.over) ? past.over : await itemsOf(state, entry);
  const concurrency = await evaluatedInteger(state.MaxConcurrency, "MaxConcurrency", entry, countRange);
  const tolerates = await tolerance(state, entry, items.length);
  const processor = state.ItemProcessor ?? state.Iterator;
  if (processor === undefined) throw new Error("parseDefinition let a Map without a processor through");

  const mode = processor.ProcessorConfig.Mode === "INLINE" ? inline(entry) : distributed(state, entry);
  if (past === undefined) {
    record(strand, { type: "MapStateStarted", mapStateStartedEventDetails: { length: items.length } });
    mode.started();
    strand.progress?.forgetBranches();
    nowDoing(entry, { type: "branching", over: items });
  }
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
  const begun = strand.progress?.past !== undefined;
  const input =
    state.ItemSelector === undefined || begun
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

const countRange = { min: 0, max: 100_000_000 };

async function tolerance(
  { ToleratedFailureCount = 0, ToleratedFailurePercentage = 0 }: MapState,
  entry: Entry,
  count: number,
): Promise<(failures: number) => boolean> {
  const most = await evaluatedInteger(ToleratedFailureCount, "ToleratedFailureCount", entry, countRange);
  const percentage = await evaluatedAs(
    ToleratedFailurePercentage,
    "ToleratedFailurePercentage",
    entry,
    number,
  );
  return (failures) => failures <= most || failures * 100 <= percentage * count;
}
