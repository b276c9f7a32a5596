import type { Admitted } from "@espalier/rollout";
import colors from "picocolors";
import { count, percent, rate } from "./numbers.ts";
import { largest, sparkline } from "./sparkline.ts";
import { type CountedMinute, shareSeen, type Traffic } from "./traffic.ts";

/** Characters of a line beside its name and its two sparklines, and what those have at least and at most. */
const CELLS = 45;
const NAME = { least: 9, most: 24 };
const SPARK = { least: 4, most: 30 };

/** How many characters a line's name has. */
export function nameWidth({ stable, candidate }: Admitted, columns: number): number {
  const wanted = Math.max(NAME.least, stable.name.length, candidate.name.length);
  return Math.max(NAME.least, Math.min(wanted, NAME.most, columns - 1 - CELLS - 2 * SPARK.least));
}

/**
 * Both versions, a line each under a heading: the weight asked for and the share seen, all requests, the failed and the slow
 * ones of all and, minute by minute, of late. Both rows of a column are drawn on one scale.
 */
export function armsTable(rollout: Admitted, weight: number, traffic: Traffic, columns: number): string[] {
  const name = nameWidth(rollout, columns);
  const room = Math.floor((columns - 1 - CELLS - name) / 2);
  const spark = Math.max(SPARK.least, Math.min(SPARK.most, room));
  const slow = slowName(traffic);
  const seen = shareSeen(traffic);
  const { counts } = rollout.watch;
  const line = (arm: Arm) => {
    const asked = arm === "candidate" ? weight : 100 - weight;
    const share = seen === undefined ? "–" : percent(arm === "candidate" ? seen : 100 - seen);
    const { requests, bad } = counts[arm];
    return [
      `  ${rollout[arm].name.slice(0, name).padEnd(name)}`,
      percent(asked).padStart(6),
      share.padStart(6),
      count(requests).padStart(9),
      rate(bad, requests).padStart(6),
      drawn(traffic, arm, failed, spark),
      slowShare(traffic, arm, slow).padStart(6),
      drawn(traffic, arm, slowOf(slow), spark),
    ].join(" ");
  };
  return [heading(name, spark, slowLabel(rollout, slow)), line("stable"), line("candidate")];
}

type Arm = "candidate" | "stable";
type CountsOf = (
  minute: CountedMinute,
  arm: Arm,
) => { readonly requests: number; readonly bad: number } | undefined;

const failed: CountsOf = (minute, arm) => minute[arm];
const slowOf =
  (name: string | undefined): CountsOf =>
  (minute, arm) =>
    name === undefined ? undefined : minute.slow?.[name]?.[arm];

function heading(name: number, spark: number, slow: string): string {
  const cells = ["asked".padStart(6), "seen".padStart(6), "requests".padStart(9), "failed".padStart(6)];
  return colors.dim([" ".repeat(name + 2), ...cells, " ".repeat(spark), slow].join(" ").trimEnd());
}

/** The metric of slow requests that is shown: the more frequent one says more of a minute. */
function slowName({ minutes }: Traffic): string | undefined {
  const names = Object.keys(minutes.at(-1)?.slow ?? {});
  return names.includes("slowAtP90") ? "slowAtP90" : names[0];
}

function slowLabel({ judging }: Admitted, name: string | undefined): string {
  if (name === undefined) return "";
  const ms = Object.entries(judging?.plan.thresholds ?? {}).find(([known]) => known === name)?.[1];
  return ms === undefined ? "  slow" : `  over ${Math.round(ms)} ms`;
}

function slowShare({ minutes }: Traffic, arm: Arm, name: string | undefined): string {
  if (name === undefined) return "";
  const all = minutes.flatMap((minute) => slowOf(name)(minute, arm) ?? []);
  const sum = (field: "requests" | "bad") => all.reduce((total, counts) => total + counts[field], 0);
  return rate(sum("bad"), sum("requests"));
}

function drawn({ minutes }: Traffic, arm: Arm, of: CountsOf, width: number): string {
  const rates = (one: Arm) => minutes.slice(-width).map((minute) => share(of(minute, one)));
  return sparkline(rates(arm), width, largest([...rates("candidate"), ...rates("stable")]));
}

const share = (counts: ReturnType<CountsOf>) =>
  counts === undefined || counts.requests === 0 ? undefined : counts.bad / counts.requests;
