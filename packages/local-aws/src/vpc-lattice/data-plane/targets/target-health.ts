import type { TargetHealth } from "../../control-plane/control-plane.ts";
import type { HealthCheck } from "../../control-plane/health-check-config.ts";

/** What the checks of one target have found so far. */
export interface CheckedHealth {
  readonly status: "INITIAL" | "HEALTHY" | "UNHEALTHY";
  /** How many checks in a row have had the last result. */
  readonly run: number;
  readonly lastPassed: boolean | undefined;
}

/** A target that was never checked. */
export const unchecked: CheckedHealth = { status: "INITIAL", run: 0, lastPassed: undefined };

/** The health after one more check: a new target is healthy after a single pass. */
export function healthAfter(
  health: CheckedHealth,
  passed: boolean,
  { healthyThresholdCount, unhealthyThresholdCount }: HealthCheck,
): CheckedHealth {
  const run = health.lastPassed === passed ? health.run + 1 : 1;
  const needed = passed ? (health.status === "INITIAL" ? 1 : healthyThresholdCount) : unhealthyThresholdCount;
  const status = run < needed ? health.status : passed ? "HEALTHY" : "UNHEALTHY";
  return { status, run, lastPassed: passed };
}

/** The health as ListTargets shows it. */
export function shownHealth({ status }: CheckedHealth): TargetHealth {
  return { status, reasonCode: status === "UNHEALTHY" ? "HealthCheckFailed" : undefined };
}

/** Whether a health check's answer passes: `codes` are status codes and ranges, `200-299,302`. */
export function passes(codes: string, status: number): boolean {
  return codes.split(",").some((part) => {
    const [from = "", to = from] = part.trim().split("-");
    return status >= Number(from) && status <= Number(to);
  });
}
