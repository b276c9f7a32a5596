import {
  type ArmCounts,
  type Decider,
  type LivedMinute,
  type Pilot,
  type RunOutcome,
  trace,
  type World,
} from "@espalier/simulation";
import { table } from "../../view/table.ts";

const headings = ["minute", "share", "candidate", "failed", "slow", "stable", "failed", "slow", "then", ""];

/** The first run of a world under a rule, a line a minute: what each arm served, and what was decided at the minute's end. */
export function traceTable(world: World, decider: Decider, seed: number): string {
  const rows: string[][] = [];
  const outcome = trace(world, decider, seed, (lived) => rows.push(row(lived)));
  return `${world.name}, ${decider.rule}: ${ending(outcome)}\n\n${table(headings, rows)}`;
}

function row({ counts, share, came, pilot }: LivedMinute): string[] {
  const then = came ? moved(share, pilot) : `${moved(share, pilot)} (no metrics came)`.trim();
  return [
    String(counts.minute + 1),
    percent(share),
    ...served(counts.candidate),
    ...served(counts.stable),
    then,
    pilot.note(),
  ];
}

const served = ({ requests, errors, slowerThanP90, slowerThanP99 }: Readonly<ArmCounts>) => [
  String(requests),
  String(errors),
  `${slowerThanP90}, ${slowerThanP99}`,
];

function moved(share: number, pilot: Pilot): string {
  if (pilot.standing === "rolled back") return "rolled back";
  const to = pilot.share === share ? "" : `to ${percent(pilot.share)}`;
  return pilot.standing === "running" ? to : [pilot.standing, to].filter(Boolean).join(", ");
}

function ending({ ending: end, minutesToRollback, minutesToFull, exposureMinutes }: RunOutcome): string {
  const when = end === "rolled back" ? minutesToRollback : minutesToFull;
  const after = when === null ? "" : ` after ${when} min`;
  return `${end}${after}; exposed to a worse candidate for ${exposureMinutes.toFixed(2)} minutes of full traffic`;
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
