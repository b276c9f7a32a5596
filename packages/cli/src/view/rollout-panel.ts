import {
  type Admitted,
  type Ending,
  formatOdds,
  type Rollout,
  type RolloutSummary,
  summary,
} from "@espalier/rollout";
import colors from "picocolors";
import { armsTable, nameWidth } from "./arms-table.ts";
import { withTimes } from "./event-line.ts";
import { bar } from "./numbers.ts";
import { stepsLine } from "./steps-line.ts";
import { noTraffic, type Traffic } from "./traffic.ts";
import { wrap } from "./wrap.ts";

/** What is known beside the rollout itself: its traffic of late, the state that its workflow is in, how wide the screen is. */
export interface Frame {
  readonly traffic?: Traffic | undefined;
  readonly workflow?: string | undefined;
  readonly columns?: number | undefined;
}

/** A rollout as it stands, a few lines for a terminal. What it waits for is told here, what it decided by its history. */
export function rolloutPanel(
  rollout: Rollout,
  { traffic, workflow, columns = 80 }: Frame = {},
): readonly string[] {
  const now = summary(rollout);
  if (!now) return ["waiting to be admitted"];
  if (rollout.status !== "admitted") return [`${now.service}: ${now.status}: ${now.reason}`];
  const steps = stepsLine(rollout, columns);
  return [
    heading(now, workflow),
    ...(steps === undefined ? [] : [steps]),
    ...armsTable(rollout, weightOf(rollout, now), traffic ?? noTraffic, columns),
    evidence(now, nameWidth(rollout, columns), columns),
    ...(waits(rollout) && now.reason !== undefined ? wrap(withTimes(now.reason), columns - 3) : []),
  ];
}

/** The candidate's weight as it is: of an ending, the summary tells the weight that was decided at. */
function weightOf({ phase }: Admitted, { weight = 0 }: RolloutSummary): number {
  if (phase.type !== "settled") return weight;
  const after: Partial<Record<Ending, number>> = { promoted: 100, "rolled-back": 0, "shifted-back": 0 };
  return after[phase.ending] ?? weight;
}

/** What it decided, its history has just told. */
const waits = ({ phase }: Admitted) =>
  phase.type !== "settled" && phase.type !== "stopping" && phase.type !== "rolling-back";

function heading(now: RolloutSummary, workflow: string | undefined): string {
  const step = now.step === undefined ? "" : `, step ${now.step} of ${now.steps}`;
  const state = workflow === undefined ? "" : colors.dim(`  workflow: ${workflow}`);
  return `${colors.bold(`${now.service}  ${now.stable} → ${now.candidate}`)}  ${tint(now.status)(now.status)}${step}${state}`;
}

const tint = (status: RolloutSummary["status"]) =>
  /^(promoted|shifted)/.test(status)
    ? colors.green
    : /^(rolled|rolling|stopp|refused)/.test(status)
      ? colors.red
      : colors.cyan;

/** Evidence on a scale of its logarithm: empty at even odds, full at the threshold. */
function evidence({ evidence = 1, threshold = 100 }: RolloutSummary, name: number, columns: number): string {
  const odds = formatOdds(evidence);
  const full = `${odds} against "no worse"; ${formatOdds(threshold)} rolls back`;
  const short = `${odds} against; ${formatOdds(threshold)} rolls back`;
  const room = columns - 1 - name - 4;
  const text = full.length + SHORTEST_BAR > room ? short : full;
  const width = Math.max(SHORTEST_BAR, Math.min(20, room - text.length));
  const share = Math.log(Math.max(1, evidence)) / Math.log(threshold);
  const drawn = (share >= 1 ? colors.red : colors.yellow)(bar(share, width));
  return `  ${"evidence".padEnd(name)} ${drawn} ${text}`;
}

const SHORTEST_BAR = 4;
