import type { RolloutSummary } from "@espalier/rollout";
import colors from "picocolors";
import { count, minutes } from "../view/numbers.ts";
import type { Act } from "./acts.ts";

/** What `--report FILE` writes. Minutes are AWS time, `startedInSeconds` ours. */
export interface Report {
  readonly rollouts: readonly RolloutReport[];
  readonly orders: { readonly served: number; readonly failed: number };
  readonly startedInSeconds: number;
}

/** How one rollout ended. `badRequests` are those the candidate failed. */
export interface RolloutReport {
  readonly service: string;
  readonly candidate: string;
  readonly outcome: RolloutSummary["status"];
  readonly minutes: number;
  readonly candidateRequests: number;
  readonly badRequests: number;
  readonly reason: string;
}

/** What a rollout's summary says of its ending. */
export function rolloutReport(summary: RolloutSummary): RolloutReport {
  const { service, candidate, status, counts } = summary;
  return {
    service,
    candidate,
    outcome: status,
    minutes: Math.round((summary.minutes ?? 0) * 10) / 10,
    candidateRequests: counts?.candidate.requests ?? 0,
    badRequests: counts?.candidate.bad ?? 0,
    reason: summary.reason ?? "",
  };
}

/** The report for people: each rollout beside what was expected of its act. */
export function closing(
  { rollouts, orders }: Report,
  acts: readonly Pick<Act, "expected">[],
): readonly string[] {
  return [
    ...rollouts.flatMap((rollout, k) => {
      const expected = acts[k]?.expected;
      const [mark, judged] =
        rollout.outcome === expected
          ? [colors.green("✔"), "as expected"]
          : [colors.red("✘"), `expected was: ${told(expected ?? "nothing")}`];
      return [
        `${mark} ${colors.bold(rollout.candidate)}  ${told(rollout.outcome)} after ${minutes(rollout.minutes)}, ${judged}; ` +
          `it served ${count(rollout.candidateRequests)} requests, ${count(rollout.badRequests)} of them badly`,
        `  ${rollout.reason}`,
      ];
    }),
    `  orders: ${count(orders.served)} served, ${count(orders.failed)} failed`,
  ];
}

const told = (outcome: string) => outcome.replace("-", " ");
