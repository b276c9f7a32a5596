import type { Decider, Pilot, Standing } from "../decider.ts";
import type { ArmCounts, MinuteCounts } from "../traffic/minute-counts.ts";

/** An Argo Rollouts canary of equal steps with an analysis in the background. */
export interface ArgoAnalysis {
  /** Minutes at each step of 20%, and how many steps are waited out before the rollout is complete. */
  readonly pauseMinutes: number;
  readonly pauses: number;
  /** Minutes between two measurements, and how many each looks back. */
  readonly everyMinutes: number;
  /** What a measurement without requests is. */
  readonly noData: "failure" | "nothing";
  /** Whether these requests are a failed measurement. */
  failed(window: Readonly<ArmCounts>): boolean;
}

const STEP = 20;
const FAILURE_LIMIT = 3;

/** The rule that aborts once more than three measurements have failed, however many passed between them. */
export function argo(rule: string, analysis: ArgoAnalysis): Decider {
  return { rule, metrics: "prompt", baseline: "none", start: () => new ArgoPilot(analysis) };
}

class ArgoPilot implements Pilot {
  readonly #analysis: ArgoAnalysis;
  readonly #window: ArmCounts = {
    requests: 0,
    errors: 0,
    slowerThanP90: 0,
    slowerThanP99: 0,
    slowerThan500ms: 0,
  };
  #percent = STEP;
  #failures = 0;
  standing: Standing = "running";

  constructor(analysis: ArgoAnalysis) {
    this.#analysis = analysis;
  }

  get share(): number {
    return this.standing === "rolled back" ? 0 : this.#percent / 100;
  }

  tick(now: number, arrived: readonly MinuteCounts[]): void {
    const { pauseMinutes, pauses, everyMinutes } = this.#analysis;
    if (now >= pauseMinutes * pauses) {
      this.#percent = 100;
      this.standing = "promoted";
      return;
    }
    for (const { candidate } of arrived) this.#count(candidate);
    if (now % everyMinutes === 0) this.#measure();
    if (this.#failures > FAILURE_LIMIT) this.standing = "rolled back";
    else if (now % pauseMinutes === 0) this.#percent += STEP;
  }

  note(): string {
    return `${this.#failures} failed measurements, ${FAILURE_LIMIT} allowed`;
  }

  #count({ requests, errors, slowerThan500ms }: Readonly<ArmCounts>): void {
    this.#window.requests += requests;
    this.#window.errors += errors;
    this.#window.slowerThan500ms += slowerThan500ms;
  }

  #measure(): void {
    const { noData, failed } = this.#analysis;
    const bad = this.#window.requests === 0 ? noData === "failure" : failed(this.#window);
    if (bad) this.#failures += 1;
    this.#window.requests = 0;
    this.#window.errors = 0;
    this.#window.slowerThan500ms = 0;
  }
}
