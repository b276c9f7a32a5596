import type { Chance } from "../chance/philox.ts";
import type { World } from "../world.ts";
import { drawArm } from "./draw-arm.ts";
import { type ArmCounts, idleArm } from "./minute-counts.ts";
import { noisePath } from "./noise.ts";
import type { Rates } from "./rates.ts";
import { Stream } from "./streams.ts";

/** What a run's minutes are like whatever a rule does with them. Filled anew for each run, so that nothing is allocated. */
export class RunConditions {
  /** Noise factors by minute from the history's first on. */
  readonly stableNoise: Float64Array;
  readonly candidateNoise: Float64Array;
  /** 1 where a minute's metrics never come, by minute from the history's first on. */
  readonly missing: Uint8Array;
  readonly #shared: Float64Array;
  readonly #pool: readonly ArmCounts[];
  #history: readonly (Readonly<ArmCounts> | null)[] = [];
  readonly #world: World;
  readonly #rates: Rates;

  constructor(world: World, rates: Rates) {
    const length = world.historyMinutes + world.minutes;
    this.#world = world;
    this.#rates = rates;
    this.stableNoise = new Float64Array(length);
    this.candidateNoise = new Float64Array(length);
    this.missing = new Uint8Array(length);
    this.#shared = new Float64Array(length);
    this.#pool = Array.from({ length: world.historyMinutes }, idleArm);
  }

  /** The minutes of the stable arm alone that came before the rollout, oldest first; null for the missing ones. */
  get history(): readonly (Readonly<ArmCounts> | null)[] {
    return this.#history;
  }

  /** Draws the noise, the missing minutes and the history of this run. */
  draw(chance: Chance, run: number): void {
    const { noise, missingMinutes, historyMinutes } = this.#world;
    const first = -historyMinutes;
    const perArm = { sigma: noise.perArmSigma, correlation: noise.perArmCorrelation };
    noisePath(
      this.#shared,
      chance,
      { stream: Stream.sharedNoise, run, first },
      { sigma: noise.sharedSigma, correlation: 0 },
    );
    noisePath(this.stableNoise, chance, { stream: Stream.stableNoise, run, first }, perArm);
    noisePath(this.candidateNoise, chance, { stream: Stream.candidateNoise, run, first }, perArm);
    for (const [k, shared] of this.#shared.entries()) {
      this.stableNoise[k] = (this.stableNoise[k] ?? 1) * shared;
      this.candidateNoise[k] = (this.candidateNoise[k] ?? 1) * shared;
    }
    for (let k = 0; k < this.missing.length; k += 1) {
      chance.goTo(Stream.missing, run, first + k);
      this.missing[k] = missingMinutes > 0 && chance.uniform() < missingMinutes ? 1 : 0;
    }
    this.#history = this.#drawHistory(chance, run);
  }

  #drawHistory(chance: Chance, run: number): readonly (ArmCounts | null)[] {
    const { historyRequests, historyErrors, slow } = this.#rates;
    for (const [k, arm] of this.#pool.entries()) {
      chance.goTo(Stream.stable, run, k - this.#pool.length);
      drawArm(arm, chance, historyRequests[k] ?? 0, historyErrors * (this.stableNoise[k] ?? 1), slow.stable);
    }
    return this.#pool.map((arm, k) => (this.missing[k] === 0 ? arm : null));
  }
}
