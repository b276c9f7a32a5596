import type { Decider, Pilot, Standing } from "../decider.ts";
import type { MinuteCounts } from "../traffic/minute-counts.ts";
import { breaches, ONE_PERCENT } from "./breaches.ts";

const FAILED_CHECKS = 5;
const STEP = 10;
const LAST_STEP = 50;

/**
 * Flagger with the analysis its documentation shows: 10% more a minute to 50%, then all; a minute without values, below 99%
 * success or with a p99 above 500 ms is a failed check and a hold, and five of them, never reset, roll back.
 */
export const flagger: Decider = {
  rule: "flagger",
  metrics: "prompt",
  baseline: "none",
  start: () => new FlaggerPilot(),
};

class FlaggerPilot implements Pilot {
  #percent = STEP;
  #failed = 0;
  standing: Standing = "running";

  get share(): number {
    return this.standing === "rolled back" ? 0 : this.#percent / 100;
  }

  tick(_now: number, arrived: readonly MinuteCounts[]): void {
    if (this.#failed >= FAILED_CHECKS) {
      this.standing = "rolled back";
      return;
    }
    const last = arrived.at(-1)?.candidate;
    if (last === undefined || last.requests === 0 || breaches(last, ONE_PERCENT)) this.#failed += 1;
    else this.#advance();
  }

  note(): string {
    return `${this.#failed} of ${FAILED_CHECKS} failed checks`;
  }

  #advance(): void {
    if (this.#percent < LAST_STEP) this.#percent += STEP;
    else {
      this.#percent = 100;
      this.standing = "promoted";
    }
  }
}
