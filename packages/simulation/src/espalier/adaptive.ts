import {
  type ComparedMinute,
  formatOdds,
  MISSING_AFTER_MS,
  Minute,
  type PastMinute,
} from "@espalier/evidence";
import {
  type AdaptiveDecider,
  type AdaptiveRequest,
  adaptiveDecider,
  type MetricsAsked as Metrics,
  type Unreadable,
} from "@espalier/rollout";
import type { Pilot, Standing } from "../decider.ts";
import type { ArmCounts, MinuteCounts } from "../traffic/minute-counts.ts";
import { type Past, readPast, thresholdsFrom } from "./past.ts";

const MISSING_AFTER_MINUTES = MISSING_AFTER_MS / 60_000;

/** An adaptive rollout, what it is judged by, and what follows where nothing can be measured. */
interface AdaptiveAsked extends AdaptiveRequest {
  readonly metrics: Metrics;
  readonly unreadable: Unreadable;
}

/** A rollout with the adaptive strategy: the product's own decisions, fed as its workflow feeds them. */
export function startAdaptive(asked: AdaptiveAsked, history: Past): Pilot {
  const past = readPast(history, asked.metrics);
  const thresholds = thresholdsFrom(past, asked.metrics);
  const known = { measured: ["errors", ...Object.keys(thresholds)], thresholds };
  const minutes = past.flatMap((minute) => (minute === null ? [] : [pastMinute(minute)]));
  return new AdaptivePilot(adaptiveDecider(asked, minutes, known), asked.unreadable);
}

class AdaptivePilot implements Pilot {
  share: number;
  standing: Standing = "running";
  readonly #decider: AdaptiveDecider;
  readonly #unreadable: Unreadable;
  readonly #waiting: ComparedMinute[] = [];
  #next = 0;
  /** The minutes in a row that are missing at the present share, and when that was written. */
  #missing = 0;
  #since = 0;
  /** Paused because nothing could be measured: only evidence still ends it. */
  #held = false;

  constructor(decider: AdaptiveDecider, unreadable: Unreadable) {
    this.#decider = decider;
    this.#unreadable = unreadable;
    this.share = decider.firstShare;
  }

  tick(now: number, arrived: readonly MinuteCounts[]): void {
    for (const counts of arrived) this.#waiting.push(compared(counts));
    const closed = this.#close(now);
    const { share, decision, full } = this.#decider.tick(closed);
    for (const { minute, type } of closed) {
      if (minute >= this.#since) this.#missing = type === "missing" ? this.#missing + 1 : 0;
    }
    if (decision === "rolled-back") this.#end("rolled back", 0);
    else if (this.#held) return;
    else if (this.#missing >= this.#unreadable.minutes) this.#giveUp();
    else {
      if (share !== this.share) [this.#since, this.#missing] = [now, 0];
      this.share = share;
      if (decision === "promoted") this.standing = full ? "promoted" : "holding back";
    }
  }

  #giveUp(): void {
    const { otherwise } = this.#unreadable;
    if (otherwise === "roll-back") this.#end("rolled back", 0);
    else if (otherwise === "promote") this.#end("promoted", 1);
    else this.#held = true;
  }

  #end(standing: Standing, share: number): void {
    [this.standing, this.share] = [standing, share];
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
