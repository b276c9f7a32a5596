import type { Decider, Pilot, Standing } from "../decider.ts";
import type { MinuteCounts } from "../traffic/minute-counts.ts";
import { breaches, ONE_PERCENT } from "./breaches.ts";

const SHIFT_AT = 5;
const WATCHED_UNTIL = 10;
const ALARM_WITHIN = 3;

/**
 * CodeDeploy's Canary10Percent5Minutes with a CloudWatch alarm on the candidate: 10% for five minutes, then all, watched for
 * five more. The alarm is two of three minutes with more than 1% of 5xx or a p99 above 500 ms; missing minutes are fine.
 */
export const codedeploy: Decider = {
  rule: "codedeploy",
  metrics: "late",
  baseline: "none",
  start: () => new CodeDeployPilot(),
};

class CodeDeployPilot implements Pilot {
  share = 0.1;
  standing: Standing = "running";
  #lastBreach = Number.NEGATIVE_INFINITY;
  #breaches = 0;

  tick(now: number, arrived: readonly MinuteCounts[]): void {
    for (const { minute, candidate } of arrived) {
      if (!breaches(candidate, ONE_PERCENT)) continue;
      this.#breaches += 1;
      if (minute - this.#lastBreach < ALARM_WITHIN) this.standing = "rolled back";
      this.#lastBreach = minute;
    }
    if (this.standing === "rolled back") this.share = 0;
    else if (now >= WATCHED_UNTIL) this.standing = "promoted";
    else if (now >= SHIFT_AT) {
      this.share = 1;
      this.standing = "holding back";
    }
  }

  note(): string {
    return `${this.#breaches} minutes breached the alarm's threshold`;
  }
}
