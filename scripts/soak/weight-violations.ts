import type { Named, RolloutEvent } from "../../packages/rollout/src/index.ts";
import type { Played, Story, Weights } from "./play.ts";

type Own = Readonly<Record<string, number>>;

/** What a run broke of what must hold of weights: where they are at the end, whose they are, and that traffic always goes somewhere. */
export function weightViolations(played: Omit<Played, "scenario">): string[] {
  const { after, before, seen, unanswered } = played;
  const shares = sharesAllowed(played);
  return [
    ...(unanswered > 0 ? [`${unanswered} requests were answered by no version`] : []),
    ...seen.flatMap(nowhere),
    ...Object.keys(before).flatMap((place) => (after[place] ? [] : [`${place} no longer forwards`])),
    ...Object.entries(after).flatMap(([place, weights]) => [
      ...(place.startsWith("espalier-") ? [`the rule ${place} was left behind`] : []),
      ...others(place, weights, before),
      ...own(place, weights, shares(place)),
    ]),
  ];
}

function nowhere(weights: Weights): string[] {
  return Object.entries(weights)
    .filter(([, groups]) => Object.values(groups).every((weight) => weight === 0))
    .map(([place]) => `${place} forwarded nowhere`);
}

/** Groups that are not the rollout's keep their weights, and its own two keep theirs together beside them. */
function others(place: string, after: Own, before: Weights): string[] {
  const had = before[place]?.other;
  if (had === undefined) return [];
  const together = (own: Own) => (own.v1 ?? 0) + (own.v2 ?? 0);
  const kept = after.other === had && together(after) === together(before[place] ?? {});
  return kept
    ? []
    : [`${place} had ${show(before[place] ?? {})}, of which others' are ${had}, and has ${show(after)}`];
}

function own(place: string, after: Own, allowed: readonly number[]): string[] {
  const share = shareOf(after);
  if (share === undefined || allowed.some((one) => Math.abs(one - share) <= 0.5)) return [];
  return [`${place} gives the new version ${share.toFixed(1)}%, allowed are ${allowed.join(", ")}`];
}

/** The new version's share in percent; undefined where the two have no part. */
function shareOf({ v1 = 0, v2 = 0 }: Own): number | undefined {
  return v1 + v2 === 0 ? undefined : (100 * v2) / (v1 + v2);
}

/** What the last rollout that ended may have left, by place, in percent for the new version. */
function sharesAllowed({
  stories,
  before,
  foreign,
}: Pick<Played, "stories" | "before" | "foreign">): (place: string) => number[] {
  const ended = stories.flatMap(endOf).sort((one, other) => one.at.localeCompare(other.at));
  let share = 0;
  let recorded: number | undefined;
  let written = "";
  let drifted = false;
  for (const end of ended) {
    if (end.leaves === "as found") drifted = true;
    else if (end.leaves !== "as it was") share = end.leaves;
    recorded = end.leaves === "as it was" ? end.recorded : undefined;
    drifted ||= end.drifted;
    written = end.written > written ? end.written : written;
  }
  return (place) => {
    const strange = foreign.filter(({ at }) => drifted || at >= written).map(({ weights }) => weights[place]);
    const start = shareOf(before[place] ?? { v1: 100 }) ?? 0;
    const found = strange.flatMap((weights) => (weights ? [shareOf(weights) ?? 0] : []));
    const isForeign = foreign.some(({ weights }) => shareOf(weights[place] ?? {}) === recorded);
    const left = place === "default" && recorded !== undefined && isForeign ? recorded : share || start;
    return [left, ...found, ...(drifted ? ended.flatMap(({ asked }) => asked) : [])];
  };
}

interface End {
  readonly at: string;
  /** The new version's share that the ending stands for; or that it changed nothing, or left what it found. */
  readonly leaves: number | "as it was" | "as found";
  /** The new version's share in the default action as it was recorded at the start: somebody may have written it just before. */
  readonly recorded: number | undefined;
  /** When weights were written last. */
  readonly written: string;
  readonly drifted: boolean;
  /** Every share that was asked for on the way. */
  readonly asked: readonly number[];
}

function endOf({ history }: Story): End[] {
  const started = history.find((event) => event.type === "rollout-started");
  const end = history.at(-1);
  const last = history.findLast(({ type }) => type.startsWith("rollout-"));
  if (started === undefined || end === undefined || last === undefined) return [];
  const toNew = (weight: number) => (isNew(started.candidate) ? weight : 100 - weight);
  const writes = history.filter(({ type }) => type === "weights-shifted" || type === "weights-restored");
  const asked = writes.flatMap((event) => (event.type === "weights-shifted" ? [toNew(event.weight)] : []));
  return [
    {
      at: last.at,
      leaves: leavesOf(history, toNew),
      recorded: recordedShare(started),
      written: writes.at(-1)?.at ?? "",
      drifted: history.some(({ type }) => type.startsWith("drift-") || type === "share-contradicted"),
      asked,
    },
  ];
}

function recordedShare({
  actions,
  candidate,
  stable,
}: Extract<RolloutEvent, { type: "rollout-started" }>): number | undefined {
  const groups = actions.find(({ place }) => place.type === "default-action")?.groups ?? [];
  const weightOf = (named: Named) => groups.find(({ id }) => id === named.id)?.weight ?? 0;
  const [v1, v2] = isNew(candidate) ? [stable, candidate] : [candidate, stable];
  return shareOf({ v1: weightOf(v1), v2: weightOf(v2) });
}

function leavesOf(history: readonly RolloutEvent[], toNew: (weight: number) => number): End["leaves"] {
  const types = history.map(({ type }) => type);
  if (types.includes("rollout-promoted")) return toNew(100);
  if (types.includes("rollout-stopped")) return "as found";
  if (!types.includes("rollout-shifted")) return "as it was";
  const shifted = history.findLast((event) => event.type === "weights-shifted");
  return shifted?.type === "weights-shifted" ? toNew(shifted.weight) : "as it was";
}

const isNew = ({ name }: Named) => name.endsWith("-v2");

const show = (weights: Own) => JSON.stringify(weights);
