import { formatOdds, Minute, minuteAt, type Reading } from "@espalier/evidence";
import {
  evolve,
  fromMillis,
  type Instant,
  look,
  type MetricsAsked as Metrics,
  nextStep,
  type Objective,
  type Rollout,
  type RolloutEvent,
  RolloutRequest,
  type RolloutStarted,
  type SteppedStrategy,
  summary,
  type Unreadable,
  unknownRollout,
} from "@espalier/rollout";
import type { Pilot, Standing } from "../decider.ts";
import type { ArmCounts, MinuteCounts } from "../traffic/minute-counts.ts";
import { type Past, readPast, thresholdsFrom } from "./past.ts";

/** A rollout by steps, and what it is judged by. */
interface SteppedAsked {
  readonly strategy: SteppedStrategy;
  readonly alpha: number;
  readonly metrics: Metrics;
  readonly objective?: Objective | undefined;
  readonly unreadable?: Unreadable | undefined;
}

/** When simulated rollouts begin: any minute will do. */
const START_MS = Date.UTC(2026, 0, 1);
const FIRST_MINUTE = minuteAt(START_MS);

/** A rollout by steps: the product's own looks and events, every weight written at once. */
export function startStepped(asked: SteppedAsked, history: Past): Pilot {
  return new SteppedPilot(asked, history);
}

class SteppedPilot implements Pilot {
  share = 0;
  standing: Standing = "running";
  #rollout: Rollout;
  #readings: Reading[];
  readonly #thresholds: Record<string, number>;

  constructor(asked: SteppedAsked, history: Past) {
    const past = readPast(history, asked.metrics);
    this.#thresholds = thresholdsFrom(past, asked.metrics);
    this.#readings = past.flatMap((stable, k) =>
      stable === null ? [] : [reading({ minute: k - past.length, stable })],
    );
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
    this.#add(look(this.#rollout, { readings: this.#readings, thresholds: this.#thresholds }, at));
    for (;;) {
      const step = nextStep(this.#rollout, at);
      if (step.type === "roll-back") {
        this.share = 0;
        // A shift for a while goes back because its time is over, and not because of what was seen.
        if (!returns(this.#rollout)) this.standing = "rolled back";
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

const returns = (rollout: Rollout) => rollout.status === "admitted" && rollout.phase.type === "returning";

const instant = (minutes: number): Instant => fromMillis(START_MS + minutes * 60_000);

const named = (name: string) => ({ id: name, arn: name, name });

function started(asked: SteppedAsked): RolloutStarted {
  return {
    type: "rollout-started",
    at: instant(0),
    id: "simulated",
    service: named("service"),
    candidate: named("candidate"),
    stable: named("stable"),
    request: RolloutRequest.parse({ service: "service", candidate: "candidate", ...asked }),
    actions: [],
    made: false,
    notes: [],
  };
}

interface Served {
  readonly minute: number;
  readonly stable: Readonly<ArmCounts>;
  /** Nothing before the rollout. */
  readonly candidate?: Readonly<ArmCounts>;
}

function reading({ minute, candidate, stable }: Served): Reading {
  const both = (bad: (arm: Readonly<ArmCounts>) => number) => ({
    candidate: { requests: candidate?.requests ?? null, bad: candidate ? bad(candidate) : null },
    stable: { requests: stable.requests, bad: bad(stable) },
  });
  return {
    minute: Minute.parse(FIRST_MINUTE + minute),
    ...both((arm) => arm.errors),
    slow: { slowAtP90: both((arm) => arm.slowerThanP90), slowAtP99: both((arm) => arm.slowerThanP99) },
  };
}
