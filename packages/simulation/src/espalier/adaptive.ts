import {
  type ComparedMinute,
  formatOdds,
  MISSING_AFTER_MS,
  Minute,
  type PastMinute,
} from "@espalier/evidence";
import { type AdaptiveDecider, type AdaptiveRequest, adaptiveDecider } from "@espalier/rollout";
import type { Pilot, Standing } from "../decider.ts";
import type { ArmCounts, MinuteCounts } from "../traffic/minute-counts.ts";

const MISSING_AFTER_MINUTES = MISSING_AFTER_MS / 60_000;

/** A rollout with the adaptive strategy: the product's own decisions, fed as its workflow feeds them. */
export function startAdaptive(request: AdaptiveRequest, history: readonly Readonly<ArmCounts>[]): Pilot {
  return new AdaptivePilot(adaptiveDecider(request, history.map(pastMinute)));
}

class AdaptivePilot implements Pilot {
  share: number;
  standing: Standing = "running";
  readonly #decider: AdaptiveDecider;
  readonly #waiting: ComparedMinute[] = [];
  #next = 0;

  constructor(decider: AdaptiveDecider) {
    this.#decider = decider;
    this.share = decider.firstShare;
  }

  tick(now: number, arrived: readonly MinuteCounts[]): void {
    for (const counts of arrived) this.#waiting.push(compared(counts));
    const { share, decision, full } = this.#decider.tick(this.#close(now));
    this.share = share;
    if (decision === "rolled-back") this.standing = "rolled back";
    else if (decision === "promoted") this.standing = full ? "promoted" : "holding back";
  }

  note(): string {
    const { evidence, suspicion, certified } = this.#decider.findings();
    const held = certified.filter(Boolean).length;
    return `${this.#next} minutes closed, evidence ${formatOdds(evidence)}, suspicion ${suspicion.toFixed(1)}, certificates ${held} of ${certified.length}`;
  }

  /** Minutes in order: one that has not come holds back those behind it until it counts as missing. */
  #close(now: number): ComparedMinute[] {
    const closed: ComparedMinute[] = [];
    for (;;) {
      const first = this.#waiting[0];
      const minute = Minute.parse(this.#next);
      if (first?.minute === minute) {
        closed.push(first);
        this.#waiting.shift();
      } else if (now >= minute + 1 + MISSING_AFTER_MINUTES) closed.push({ type: "missing", minute });
      else return closed;
      this.#next += 1;
    }
  }
}

function compared({ minute, candidate, stable }: MinuteCounts): ComparedMinute {
  const both = (bad: (arm: Readonly<ArmCounts>) => number) => ({
    candidate: { requests: candidate.requests, bad: bad(candidate) },
    stable: { requests: stable.requests, bad: bad(stable) },
  });
  return {
    type: "counted",
    minute: Minute.parse(minute),
    metrics: {
      errors: both((arm) => arm.errors),
      slowAtP90: both((arm) => arm.slowerThanP90),
      slowAtP99: both((arm) => arm.slowerThanP99),
    },
  };
}

function pastMinute({ requests, errors, slowerThanP90, slowerThanP99 }: Readonly<ArmCounts>): PastMinute {
  return {
    errors: { requests, bad: errors },
    slowAtP90: { requests, bad: slowerThanP90 },
    slowAtP99: { requests, bad: slowerThanP99 },
  };
}
