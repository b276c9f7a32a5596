import { formatOdds, Minute, minuteAt, type Reading } from "@espalier/evidence";
import {
  evolve,
  fromMillis,
  type Instant,
  look,
  nextStep,
  type Rollout,
  type RolloutEvent,
  RolloutRequest,
  type RolloutStarted,
  type SteppedStrategy,
  summary,
  unknownRollout,
} from "@espalier/rollout";
import type { Pilot, Standing } from "../decider.ts";
import type { MinuteCounts } from "../traffic/minute-counts.ts";

/** A rollout by steps, and the chance allowed of rolling back a healthy one. */
interface SteppedAsked {
  readonly strategy: SteppedStrategy;
  readonly alpha: number;
}

/** When simulated rollouts begin: any minute will do. */
const START_MS = Date.UTC(2026, 0, 1);
const FIRST_MINUTE = minuteAt(START_MS);

/** A rollout by steps: the product's own looks and events, every weight written at once. */
export function startCanary(asked: SteppedAsked): Pilot {
  return new CanaryPilot(asked);
}

class CanaryPilot implements Pilot {
  share = 0;
  standing: Standing = "running";
  #rollout: Rollout;
  #readings: Reading[] = [];

  constructor(asked: SteppedAsked) {
    this.#rollout = evolve(unknownRollout, started(asked));
    this.#look(instant(0));
  }

  tick(now: number, arrived: readonly MinuteCounts[]): void {
    for (const counts of arrived) this.#readings.push(reading(counts));
    this.#look(instant(now));
    const closedThrough = this.#rollout.status === "admitted" ? this.#rollout.watch.closedThrough : 0;
    this.#readings = this.#readings.filter(({ minute }) => minute > closedThrough);
  }

  note(): string {
    const { evidence = 1, threshold = 1 } = summary(this.#rollout) ?? {};
    return `evidence ${formatOdds(evidence)}, ${formatOdds(threshold)} needed`;
  }

  #look(at: Instant): void {
    this.#add(look(this.#rollout, { readings: this.#readings }, at));
    for (;;) {
      const step = nextStep(this.#rollout, at);
      if (step.type === "roll-back") {
        this.share = 0;
        this.standing = "rolled back";
        return;
      }
      if (step.type === "settle") {
        this.standing = "promoted";
        return;
      }
      if (step.type !== "shift") return;
      const { weight, order } = step;
      this.share = weight / 100;
      this.#add(look(this.#rollout, { shift: { type: "shifted", weight, order } }, at));
    }
  }

  #add(events: readonly RolloutEvent[]): void {
    for (const event of events) this.#rollout = evolve(this.#rollout, event);
  }
}

const instant = (minutes: number): Instant => fromMillis(START_MS + minutes * 60_000);

const named = (name: string) => ({ id: name, arn: name, name });

function started({ strategy, alpha }: SteppedAsked): RolloutStarted {
  return {
    type: "rollout-started",
    at: instant(0),
    id: "simulated",
    service: named("service"),
    candidate: named("candidate"),
    stable: named("stable"),
    request: RolloutRequest.parse({ service: "service", candidate: "candidate", strategy, alpha }),
    actions: [],
    made: false,
    notes: [],
  };
}

function reading({ minute, candidate, stable }: MinuteCounts): Reading {
  return {
    minute: Minute.parse(FIRST_MINUTE + minute),
    candidate: { requests: candidate.requests, bad: candidate.errors },
    stable: { requests: stable.requests, bad: stable.errors },
  };
}
