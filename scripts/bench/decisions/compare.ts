import type { Score } from "../../../packages/simulation/src/index.ts";
import type { Compared } from "../decisions.ts";
import { type Better, type Standing, standings } from "./dominators.ts";
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
second, errors 0.1% and the metrics one minute late where a world does not say otherwise; bursts are noise of each arm's own,
shared noise that of both, with the standard deviation of its logarithm. \`scripts/bench/decisions/worlds.ts\` has every world.

What is compared is the rule each project documents, written down here from its documentation, and not the project itself:
a team that tunes a peer to its service gets other numbers. Flagger, Argo and Kayenta are given their metrics without delay.

The traffic of a seed is the same on any machine, to the last request: it is drawn by integers and by arithmetic that IEEE 754
rounds exactly. The peers decide on it by comparisons of counts; Espalier's evidence uses the engine's own exp and log, so a
run that ends within a rounding error of a threshold could end otherwise on another engine.

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

Each peer, the worlds in which it did better, and what it pays for that in healthy rollouts rolled back.

${standings(compared).map(worse).join("\n\n")}

## What is guaranteed, and what is not

At most alpha of the candidates that are no worse (at most 1.1 times the stable share of bad requests and the slack, in every metric and
minute) are ever rolled back on evidence, as long as requests are independent given what came before: whatever the base rate does, however
the split changes, through outages of both arms and missing minutes. The hold-back goes on with the same evidence and spends no alpha of
its own. Where the user sets an objective, such a candidate must meet it too, in every minute in which the stable arm does, or serves
nothing because the weights leave it nothing.

Bursts of one arm break that assumption. Where the history shows them, they are allowed for up to the size and the persistence it shows:
that is reasoned for bursts that are forgotten from minute to minute, and only measured, above, for those that last. Not covered: bursts
larger or longer than any before; bursts of a standard deviation above 1, whatever the history shows, since allowing for them would hide
most faults; bursts that last, on a history of less than four hours, which is too short to tell for how long; and a plain threshold of
the user's own, which is a rule and no test. Some such worlds are rolled back in 3 to 9% of runs: bursts of 1 with a correlation of 0.6 on an
hour's history, and bursts of 2 at 200 requests a second. The shares, unlike the rollback, guarantee nothing; they only follow from what
was seen.

An objective is held against the candidate minute by minute, and beside a stable arm of a few requests a minute by blocks of minutes. The
guarantee counts a block as one minute: where an outage of both arms begins or ends within one, its evidence may grow up to 3.4 times, which
five such blocks in a row do not make a rollback of.

A budget of bad requests bounds what the ramp risks and is no limit on what a candidate costs: it reckons with metrics that are a minute
late, and with the candidate's rate over the whole rollout, which a fault that begins late exceeds.

A candidate that is slow while it is cold is slow, and counted so: no minute is left out, since a fault that shows at the first requests
looks the same. The first share brings it some 46 requests a minute, which weigh little once it is warm. Who knows of a slow start warms
the candidate before (a hook at the start can), or gives latency less weight.

An outage of both arms hides what the candidate adds to it, and certificates won during one say only that the candidate did not fail much
more often than that. On a service of a few requests a minute a comparison takes hours, even of a candidate that fails every fifth
request; there a plain limit on errors, such as the one in Argo's example, finds sooner what is far beyond it (the worlds of 0.05 rps).
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

function worse({ rule, worstFalse, falseWorlds, faster, lessExposed, findsMore }: Standing): string {
  const price =
    falseWorlds === 0
      ? `rolls back at most ${percent(worstFalse)} of healthy rollouts in any of these worlds.`
      : `rolls back more than 1% of healthy rollouts in ${falseWorlds} of these worlds, up to ${percent(worstFalse)}.`;
  return [
    `**${rule}** ${price}`,
    "",
    `- Promoted sooner when healthy, in minutes: ${list(faster, String)}.`,
    `- Less exposure when faulty, in minutes: ${list(lessExposed, (value) => value.toFixed(2))}.`,
    `- More of the faulty rolled back: ${list(findsMore, percent)}.`,
  ].join("\n");
}

const list = (worlds: readonly Better[], show: (value: number) => string) =>
  worlds.length === 0
    ? "nowhere"
    : worlds.map(({ world, peer, ours }) => `${world} (${show(peer)} to our ${show(ours)})`).join("; ");
