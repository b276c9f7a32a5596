import { formatOdds, type Rollout, type RolloutSummary, summary } from "@espalier/rollout";
import colors from "picocolors";
import { bar, count, rate } from "./numbers.ts";

/** A rollout as it stands, a few lines for a terminal. `workflow` is the state its execution is in, where that is known. */
export function rolloutPanel(rollout: Rollout, workflow?: string): readonly string[] {
  const now = summary(rollout);
  if (!now) return ["waiting to be admitted"];
  if (rollout.status !== "admitted") return [`${now.service}: refused: ${now.reason}`];
  const weight = now.status === "promoted" ? 100 : now.status === "rolled-back" ? 0 : (now.weight ?? 0);
  return [
    heading(now, workflow),
    arm(rollout.stable.name, 100 - weight, now.counts?.stable),
    arm(rollout.candidate.name, weight, now.counts?.candidate),
    evidence(now),
    ...(now.reason === undefined ? [] : [`  ${now.reason}`]),
  ];
}

function heading(now: RolloutSummary, workflow: string | undefined): string {
  const step = now.step === undefined ? "" : `, step ${now.step} of ${now.steps}`;
  const state = workflow === undefined ? "" : colors.dim(`  workflow: ${workflow}`);
  return `${colors.bold(`${now.service}  ${now.stable} → ${now.candidate}`)}  ${tint(now.status)(now.status)}${step}${state}`;
}

const tint = (status: RolloutSummary["status"]) =>
  status === "promoted" ? colors.green : /back|stop|refused/.test(status) ? colors.red : colors.cyan;

function arm(name: string, weight: number, counts = { requests: 0, bad: 0 }): string {
  const { requests, bad } = counts;
  const served = `${count(requests).padStart(9)} requests ${count(bad).padStart(6)} failed ${rate(bad, requests).padStart(6)}`;
  return `  ${name.padEnd(18)} ${bar(weight / 100, 20)} ${String(weight).padStart(3)}% ${served}`;
}

/** Evidence on a scale of its logarithm: empty at even odds, full at the threshold. */
function evidence({ evidence = 1, threshold = 100 }: RolloutSummary): string {
  const share = Math.log(Math.max(1, evidence)) / Math.log(threshold);
  const text = `${formatOdds(evidence)} against "no worse"; ${formatOdds(threshold)} rolls back`;
  return `  ${"evidence".padEnd(18)} ${(share >= 1 ? colors.red : colors.yellow)(bar(share, 20))}      ${text}`;
}
