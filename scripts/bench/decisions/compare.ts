import type { Score } from "../../../packages/simulation/src/index.ts";
import type { Compared } from "../decisions.ts";
import { type Standing, standings } from "./dominators.ts";
import { figuresOf } from "./figures.ts";

/** The comparison as a document in Markdown: the tables, what Espalier does not reach, and what it is worse at. */
export function compare(
  compared: readonly Compared[],
  { runs, seed }: { runs: number; seed: number },
): string {
  const rules = compared[0]?.scores.map(({ rule }) => rule) ?? [];
  const rows = (kind: Compared["kind"], cell: (score: Score) => string) =>
    [
      `| world | ${rules.join(" | ")} |`,
      `| --- |${rules.map(() => " --- |").join("")}`,
      ...compared
        .filter((one) => one.kind === kind)
        .map(({ world, scores }) => `| ${world.name} | ${scores.map(cell).join(" | ")} |`),
    ].join("\n");
  return `# Decisions compared

Made by \`npm run bench -- decisions\` (${runs} runs a world, seed ${seed}); do not edit. Espalier runs with its defaults (adaptive,
alpha 1%) in every world; the peers run as their documentation shows them, on the same traffic. Traffic is 20 requests a
second, errors 0.1% and the metrics one minute late where a world does not say otherwise.

What is compared is the rule each project documents, written down here from its documentation, and not the project itself:
a team that tunes a peer to its service gets other numbers. Flagger, Argo and Kayenta are given their metrics without delay.

## Healthy candidates

Share of rollouts rolled back, all of them wrongly; then the median minutes to 90% (reached and kept) and to promotion.

${rows("healthy", healthyCell)}

## Faulty candidates

Share of rollouts rolled back, then exposure: minutes of full traffic that the bad version got before it was gone or the world
ended, the mean of all runs.

${rows("faulty", faultyCell)}

## What Espalier does not reach

${bullets(misses(compared), "Every goal that was set for these worlds is met.")}

## What Espalier is worse at

${standings(compared).map(worse).join("\n\n")}
`;
}

const percent = (share: number) => `${Number((100 * share).toFixed(1))}%`;
const number = (value: number | null) => (value === null ? "–" : String(value));

const healthyCell = ({ rolledBack, minutesTo90, minutesToFull }: Score) =>
  `${percent(rolledBack)}, ${number(minutesTo90)}/${number(minutesToFull)}`;

const faultyCell = ({ rolledBack, exposureMinutes }: Score) =>
  `${percent(rolledBack)}, ${exposureMinutes.toFixed(2)}`;

function misses(compared: readonly Compared[]): string[] {
  return figuresOf(compared)
    .filter(({ value, under = Number.POSITIVE_INFINITY }) => !(value < under))
    .map(({ name, value, unit, under }) => `${name} ${value} ${unit}, which should be under ${under}`);
}

const bullets = (lines: readonly string[], none: string) =>
  lines.length === 0 ? none : lines.map((line) => `- ${line}`).join("\n");

function worse({ rule, worstFalse, falseWorlds, faster, lessHarm }: Standing): string {
  const price =
    falseWorlds === 0
      ? `It rolls back at most ${percent(worstFalse)} of healthy rollouts in any of these worlds.`
      : `It rolls back more than 1% of healthy rollouts in ${falseWorlds} of these worlds, up to ${percent(worstFalse)}.`;
  return [
    `**${rule}** ${price}`,
    `- Promoted sooner when healthy: ${faster.join("; ") || "nowhere"}.`,
    `- Less exposure when faulty: ${lessHarm.join("; ") || "nowhere"}.`,
  ].join("\n");
}
