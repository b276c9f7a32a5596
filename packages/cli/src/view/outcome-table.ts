import { formatOdds, type Outcome } from "@espalier/rollout";
import { count, rate } from "./numbers.ts";
import { table } from "./table.ts";

/** The numbers that an ending tells: what was compared, what was measured beside it, and what people should know. */
export function outcomeTable({ metrics, levels, warnings }: Outcome): string[] {
  const rows = metrics.map(({ name, counts, ratio, evidence, judged }) => [
    name,
    ...[counts.candidate, counts.stable].map(
      ({ bad, requests }) => `${rate(bad, requests)} of ${count(requests)}`,
    ),
    interval(ratio),
    judged ? formatOdds(evidence) : `${formatOdds(evidence)} (dry run)`,
  ]);
  const headings = ["metric", "candidate", "stable", "times as many (95%)", "evidence"];
  return [
    ...(rows.length === 0 ? [] : table(headings, rows).split("\n")),
    ...levels.map(({ name, value }) => `${name}  ${value ?? "never measured"}`),
    ...warnings.map((warning) => `! ${warning}`),
  ].map((line) => `  ${line}`);
}

type Ratio = Outcome["ratio"];

/** `1.2 (0.4–3.1)`, `at least 8.3` where the stable arm was never bad; a dash where the counts say nothing. */
function interval({ estimate, low, high }: Ratio): string {
  const [least, most] = [low, high].map((bound) => bound?.toPrecision(2));
  if (estimate !== null) return `${estimate.toPrecision(2)} (${least ?? "0"}–${most ?? ""})`;
  return least === undefined ? "–" : `at least ${least}`;
}
