import { formatOdds, type Rollout, type RolloutEvent, summary } from "@espalier/rollout";
import { timeOf, withTimes } from "./event-line.ts";
import { count, percent, rate } from "./numbers.ts";
import { shareSeen, type Traffic } from "./traffic.ts";

/** How a rollout stands after a look, in one line, for where there is no terminal; undefined where no minute was closed. */
export function statusLine(
  rollout: Rollout,
  traffic: Traffic,
  news: readonly RolloutEvent[],
): string | undefined {
  const closed = news.findLast((event) => event.type === "minutes-closed");
  const now = summary(rollout);
  if (closed === undefined || rollout.status !== "admitted" || !now?.counts) return undefined;
  const seen = shareSeen(traffic);
  const arm = (name: string, { requests, bad }: { requests: number; bad: number }) =>
    `${name} failed ${rate(bad, requests)} of ${count(requests)}`;
  const { phase } = rollout;
  const parts = [
    `${now.status} at ${percent(now.weight ?? 0)}${seen === undefined ? "" : ` (seen ${percent(seen)})`}`,
    `${arm(rollout.candidate.name, now.counts.candidate)}, ${arm(rollout.stable.name, now.counts.stable)}`,
    `evidence ${formatOdds(now.evidence ?? 1)} of ${formatOdds(now.threshold ?? 1)}`,
    ...(phase.type === "settled" || now.reason === undefined ? [] : [withTimes(now.reason)]),
  ];
  return `${timeOf(closed.at)}  ${parts.join("; ")}`;
}
