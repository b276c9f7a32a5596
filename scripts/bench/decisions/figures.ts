import type { Figure } from "../../bench.ts";
import type { Compared } from "../decisions.ts";
import { dominators } from "./dominators.ts";

// Bounds that may be met exactly: medians move by half minutes, shares by a thousandth, so half a step more is not met.
const HALF_MEDIAN = 0.25;
const HALF_PERCENT = 0.05;

/** Espalier's scores beside the goals of their worlds, and whether any peer beats it at everything. */
export function figuresOf(compared: readonly Compared[]): Figure[] {
  return [
    ...compared.flatMap(worldFigures),
    {
      name: "peers sooner and less harmful, without false rollbacks",
      value: dominators(compared).length,
      unit: "",
      under: 1,
    },
  ];
}

function worldFigures({ world, goal, scores }: Compared): Figure[] {
  const [ours] = scores;
  if (!ours) return [];
  const { rolledBackAtMost, foundAtLeast, rollbackAfter } = goal;
  const figure = (what: string, value: number | null, unit: string, under: number | undefined): Figure[] =>
    under === undefined
      ? []
      : [{ name: `${world.name}: ${what}`, value: rounded(value), unit, under: rounded(under) }];
  const percent = (what: string, share: number, atMost: number | undefined) =>
    figure(what, 100 * share, "%", atMost === undefined ? undefined : 100 * atMost + HALF_PERCENT);
  const median = (what: string, value: number | null, atMost: number | undefined) =>
    figure(what, value, "min", atMost === undefined ? undefined : atMost + HALF_MEDIAN);
  const after =
    ours.minutesToRollback === null ? null : ours.minutesToRollback - (rollbackAfter?.minute ?? 0);
  return [
    ...percent("rolled back", ours.rolledBack, rolledBackAtMost),
    ...median("to 90%", ours.minutesTo90, goal.minutesTo90),
    ...median("to promotion", ours.minutesToFull, goal.minutesToFull),
    ...percent("not found", 1 - ours.rolledBack, foundAtLeast === undefined ? undefined : 1 - foundAtLeast),
    ...figure("exposure", ours.exposureMinutes, "min", goal.exposureUnder),
    ...figure("excess bad requests", ours.excessBadRequests, "", goal.excessUnder),
    ...median("found after", after, rollbackAfter?.atMost),
  ];
}

const rounded = (value: number | null) => (value === null ? Number.NaN : Math.round(value * 1000) / 1000);
