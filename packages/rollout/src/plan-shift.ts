import { type Forwarding, type Pair, placeName, weightOf } from "./forwarding.ts";
import { type OwnWeights, ownWeightsAt, ownWeightsIn } from "./share.ts";
import type { Weight } from "./weight.ts";

/** A shift to plan. `from` is the weight last written, or null while the actions are as they were recorded. */
export interface Shift {
  readonly pair: Pair;
  readonly from: Weight | null;
  readonly to: Weight;
  /** Own weights that somebody else wrote and that were adopted. */
  readonly adopted?: readonly Forwarding[];
  /** Writes over own weights that somebody else wrote. */
  readonly overrule?: boolean;
}

/** The actions to write, whole; or who else has been at the weights, in which case nothing is to be written. */
export type ShiftPlan =
  | { readonly type: "write"; readonly actions: readonly Forwarding[] }
  | { readonly type: "drift"; readonly found: string };

/**
 * Plans the writes that bring every recorded place to a weight, keeping groups of others as they are. An own weight that is
 * neither the last one written nor the one to write is drift, and so is a place that is gone, or a new one that sends the stable
 * group traffic. A place already there is left alone, so planning again after writing plans nothing.
 */
export function planShift(
  recorded: readonly Forwarding[],
  current: readonly Forwarding[],
  shift: Shift,
): ShiftPlan {
  const actions: Forwarding[] = [];
  for (const before of recorded) {
    const now = find(current, before);
    if (now === undefined) {
      if (shift.overrule === true) continue;
      return { type: "drift", found: `${placeName(before.place)} no longer forwards` };
    }
    const next = ownWeightsAt(before, shift.pair, shift.to);
    const drift = driftAt(before, now, next, shift);
    if (drift !== undefined) return { type: "drift", found: drift };
    if (!same(ownWeightsIn(now, shift.pair), next)) actions.push(withOwn(now, shift.pair, next));
  }
  const added = current.find(
    (now) => find(recorded, now) === undefined && weightOf(now, shift.pair.stable) > 0,
  );
  if (added !== undefined && shift.overrule !== true) {
    return { type: "drift", found: `${placeName(added.place)} is new and forwards to the stable group` };
  }
  return { type: "write", actions };
}

function driftAt(before: Forwarding, now: Forwarding, next: OwnWeights, shift: Shift): string | undefined {
  const { pair, from, adopted = [], overrule = false } = shift;
  if (overrule) return undefined;
  const own = ownWeightsIn(now, pair);
  const last = lastWritten(before, { pair, from });
  const taken = find(adopted, before);
  const known = [last, next, ...(taken === undefined ? [] : [ownWeightsIn(taken, pair)])];
  if (known.some((weights) => same(own, weights))) return undefined;
  return `${placeName(before.place)} has ${show(own)}, not ${show(last)} or ${show(next)}`;
}

const lastWritten = (before: Forwarding, { pair, from }: Pick<Shift, "pair" | "from">): OwnWeights =>
  from === null ? ownWeightsIn(before, pair) : ownWeightsAt(before, pair, from);

/**
 * Plans the writes that take back what an earlier try of a shift has written: each place at the weight to write gets the one that
 * it had before. The others are left alone.
 */
export function planTakeBack(
  recorded: readonly Forwarding[],
  current: readonly Forwarding[],
  { pair, from, to, adopted = [] }: Shift,
): Forwarding[] {
  return recorded.flatMap((before) => {
    const now = find(current, before);
    const taken = find(adopted, before);
    const last = taken === undefined ? lastWritten(before, { pair, from }) : ownWeightsIn(taken, pair);
    const next = ownWeightsAt(before, pair, to);
    if (now === undefined || same(last, next) || !same(ownWeightsIn(now, pair), next)) return [];
    return [from === null && taken === undefined ? restoredIn(before, now, pair) : withOwn(now, pair, last)];
  });
}

/**
 * Plans the writes that put the recorded weights of the own groups back into the actions as they are now. A candidate that
 * was not in an action leaves it; a place that is gone or no longer forwards is left alone.
 */
export function planRestore(
  recorded: readonly Forwarding[],
  current: readonly Forwarding[],
  pair: Pair,
): Forwarding[] {
  return recorded.flatMap((before) => {
    const now = find(current, before);
    if (now === undefined) return [];
    const restored = restoredIn(before, now, pair);
    return JSON.stringify(restored.groups) === JSON.stringify(now.groups) ? [] : [restored];
  });
}

function restoredIn(before: Forwarding, now: Forwarding, pair: Pair): Forwarding {
  const back = withOwn(now, pair, ownWeightsIn(before, pair));
  const had = new Set(before.groups.map(({ id }) => id));
  return { ...back, groups: back.groups.filter(({ id }) => id !== pair.candidate || had.has(id)) };
}

function withOwn(now: Forwarding, pair: Pair, own: OwnWeights): Forwarding {
  const groups = now.groups.map((group) => {
    if (group.id === pair.candidate) return { ...group, weight: own.candidate };
    return group.id === pair.stable ? { ...group, weight: own.stable } : group;
  });
  const has = new Set(groups.map(({ id }) => id));
  if (!has.has(pair.stable)) groups.push({ id: pair.stable, weight: own.stable });
  if (!has.has(pair.candidate)) groups.push({ id: pair.candidate, weight: own.candidate });
  return { place: now.place, groups };
}

function find(actions: readonly Forwarding[], { place }: Forwarding): Forwarding | undefined {
  return actions.find((action) => placeName(action.place) === placeName(place));
}

const same = (one: OwnWeights, other: OwnWeights) =>
  one.candidate === other.candidate && one.stable === other.stable;

const show = ({ candidate, stable }: OwnWeights) => `${candidate}/${stable}`;
