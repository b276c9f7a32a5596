import { candidateName, type RolloutRequest } from "@espalier/rollout";
import colors from "picocolors";
import { priceList } from "../plan/cost.ts";
import type { PlannedRollout } from "../plan/plan-rollout.ts";
import { TIMES, withTimes } from "./event-line.ts";
import { count, minutes } from "./numbers.ts";
import { table } from "./table.ts";

/** A plan for people: the steps with their times, then what it takes and costs, and what was assumed. */
export function planText(request: RolloutRequest, plan: PlannedRollout, requestsPerMinute: number): string[] {
  const { service, candidate, strategy, alpha } = request;
  const [first] = plan.milestones;
  const after = (at: string) => minutes((Date.parse(at) - Date.parse(first?.at ?? at)) / 60_000);
  const steps = plan.milestones.map(({ at, what }) => [at.slice(11, 16), `+${after(at)}`, withTimes(what)]);
  const costs = plan.cost.map(({ service, units, unit, dollars }) => [
    service,
    `${count(units)} ${unit}`,
    money(dollars),
  ]);
  return [
    colors.bold(`${service} → ${candidateName(candidate)}, ${strategy.type}, alpha ${alpha}`),
    "",
    ...table(["at", "after", `what happens; ${TIMES}`], steps).split("\n"),
    "",
    `It takes ${minutes(plan.minutes)}, ${count(plan.usage.transitions)} state transitions and ${count(plan.usage.invocations)} Lambda invocations.`,
    "",
    ...table(["service", "units", "dollars"], [...costs, ["", "together", money(plan.dollars)]]).split("\n"),
    "",
    `Assumed: ${count(requestsPerMinute)} requests a minute of which none fails or is slow, approvals at once, hooks that say go; three zones, and 0.3 s an invocation.`,
    `Prices: ${priceList.region}, ${priceList.date}; ${priceList.source}. Logs are not in it.`,
    "Nothing was asked for.",
  ];
}

const money = (dollars: number) => dollars.toFixed(5);
