import { formatOdds, type Rollout, type RolloutSummary, summary } from "@espalier/rollout";
import colors from "picocolors";
import { withTimes } from "./event-line.ts";
import { bar, count, rate } from "./numbers.ts";
import { wrap } from "./wrap.ts";

/** What is known beside the rollout itself: the state that its workflow is in, and how wide the screen is. */
export interface Frame {
  readonly workflow?: string | undefined;
  readonly columns?: number | undefined;
}

/** A rollout as it stands, a few lines for a terminal. What it waits for is told here, what it decided by its history. */
export function rolloutPanel(rollout: Rollout, { workflow, columns = 80 }: Frame = {}): readonly string[] {
  const now = summary(rollout);
  if (!now) return ["waiting to be admitted"];
  if (rollout.status !== "admitted") return [`${now.service}: refused: ${now.reason}`];
  const weight = now.status === "promoted" ? 100 : now.status === "rolled-back" ? 0 : (now.weight ?? 0);
  const names = [rollout.stable.name, rollout.candidate.name].map((name) => name.slice(0, LONGEST_NAME));
  const [stable = "", candidate = ""] = names;
  const name = Math.max("evidence".length, ...names.map(({ length }) => length));
  const room = { name, bar: Math.min(20, Math.max(4, columns - 1 - name - COUNTS)), columns };
  const waits = rollout.phase.type === "baking" || rollout.phase.type === "paused";
  return [
    heading(now, workflow),
    arm(stable, 100 - weight, now.counts?.stable, room),
    arm(candidate, weight, now.counts?.candidate, room),
    evidence(now, room),
    ...(now.reason === undefined || !waits ? [] : wrap(withTimes(now.reason), columns - 3)),
  ];
}

/** Visible characters: of a name at most, and of what stands beside name and bar in a line of an arm. */
const LONGEST_NAME = 24;
const COUNTS = 50;

/** How many characters a name and a bar have, and a line at most. */
interface Room {
  readonly name: number;
  readonly bar: number;
  readonly columns: number;
}

function heading(now: RolloutSummary, workflow: string | undefined): string {
  const step = now.step === undefined ? "" : `, step ${now.step} of ${now.steps}`;
  const state = workflow === undefined ? "" : colors.dim(`  workflow: ${workflow}`);
  return `${colors.bold(`${now.service}  ${now.stable} → ${now.candidate}`)}  ${tint(now.status)(now.status)}${step}${state}`;
}

const tint = (status: RolloutSummary["status"]) =>
  status === "promoted" ? colors.green : /back|stop|refused/.test(status) ? colors.red : colors.cyan;

function arm(name: string, weight: number, counts = { requests: 0, bad: 0 }, room: Room): string {
  const { requests, bad } = counts;
  const served = `${count(requests).padStart(9)} requests ${count(bad).padStart(6)} failed ${rate(bad, requests).padStart(6)}`;
  return `  ${name.padEnd(room.name)} ${bar(weight / 100, room.bar)} ${percent(weight).padStart(6)} ${served}`;
}

/** Weights have tenths of a percent at most. */
const percent = (weight: number) => `${Math.round(weight * 10) / 10}%`;

/** Evidence on a scale of its logarithm: empty at even odds, full at the threshold. */
function evidence({ evidence = 1, threshold = 100 }: RolloutSummary, room: Room): string {
  const share = Math.log(Math.max(1, evidence)) / Math.log(threshold);
  const full = `${formatOdds(evidence)} against "no worse"; ${formatOdds(threshold)} rolls back`;
  const short = `${formatOdds(evidence)} against; ${formatOdds(threshold)} rolls back`;
  const left = room.columns - 1 - room.name - room.bar - 4;
  const drawn = (share >= 1 ? colors.red : colors.yellow)(bar(share, room.bar));
  return `  ${"evidence".padEnd(room.name)} ${drawn} ${full.length > left ? short : full}`;
}
