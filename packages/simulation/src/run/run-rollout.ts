import type { Chance } from "../chance/philox.ts";
import type { Decider, Pilot } from "../decider.ts";
import { drawArm } from "../traffic/draw-arm.ts";
import { type ArmCounts, idleArm, type MinuteCounts } from "../traffic/minute-counts.ts";
import { harmOf, type Rates, ratesOf } from "../traffic/rates.ts";
import type { RunConditions } from "../traffic/run-conditions.ts";
import { Stream } from "../traffic/streams.ts";
import type { World } from "../world.ts";
import type { RunOutcome } from "./run-outcome.ts";

/** A minute of a run as it was lived: what was served, what a rule then did. */
export interface LivedMinute {
  readonly counts: MinuteCounts;
  readonly share: number;
  readonly came: boolean;
  readonly pilot: Pilot;
}

interface Slot extends MinuteCounts {
  readonly candidate: ArmCounts;
  readonly stable: ArmCounts;
}

const NINETY = 0.9 - 1e-9;

/** Lives rollouts of one world under any rule. Its minutes are written over at each run, so that nothing is allocated. */
export class RolloutRunner {
  readonly #world: World;
  readonly #rates: Rates;
  readonly #slots: readonly Slot[];
  readonly #worse: Uint8Array;
  readonly #excess: Float64Array;
  readonly #arrived: MinuteCounts[] = [];

  constructor(world: World, rates: Rates) {
    this.#world = world;
    this.#rates = rates;
    this.#slots = Array.from({ length: world.minutes }, (_, minute) => ({
      minute,
      candidate: idleArm(),
      stable: idleArm(),
    }));
    // What harms a user is slower than the stable p99, whatever thresholds a rule counts by.
    const plain = ratesOf(world);
    const harm = this.#slots.map(({ minute }) => harmOf(plain, minute));
    this.#worse = Uint8Array.from(harm, ({ worse }) => (worse ? 1 : 0));
    this.#excess = Float64Array.from(harm, ({ excessRate }) => excessRate);
  }

  /** One run of a rule from the first minute to the rollback or the world's end; `tell` hears of each minute watched. */
  run(
    decider: Decider,
    chance: Chance,
    run: number,
    conditions: RunConditions,
    tell?: (lived: LivedMinute) => void,
  ): RunOutcome {
    const pilot = decider.start(conditions.history);
    const lag = decider.metrics === "late" ? this.#world.metricLagMinutes : 0;
    let [exposureMinutes, excessBadRequests] = [0, 0];
    let [to90, toFull]: [number | null, number | null] = [null, null];
    for (const slot of this.#slots) {
      const { share } = pilot;
      const { minute } = slot;
      if (share < NINETY) to90 = null;
      else to90 ??= minute;
      if (this.#worse[minute] === 1) exposureMinutes += share;
      excessBadRequests += (this.#rates.requests[minute] ?? 0) * share * (this.#excess[minute] ?? 0);
      if (pilot.standing === "promoted") continue;
      this.#serve(slot, decider, share, chance, run, conditions);
      pilot.tick(minute + 1, this.#arrivals(minute - lag, conditions));
      tell?.({ counts: slot, share, came: this.#arrived.length > 0, pilot });
      if (pilot.standing !== "running") toFull = noteFull(toFull, pilot, minute + 1);
      if (pilot.standing === "rolled back") {
        const minutesToRollback = minute + 1;
        return {
          ending: "rolled back",
          minutesTo90: null,
          minutesToFull: toFull,
          minutesToRollback,
          exposureMinutes,
          excessBadRequests,
        };
      }
    }
    if (pilot.share < NINETY) to90 = null;
    else to90 ??= this.#world.minutes;
    return {
      ending: to90 === null ? "undecided" : "promoted",
      minutesTo90: to90,
      minutesToFull: toFull,
      minutesToRollback: null,
      exposureMinutes,
      excessBadRequests,
    };
  }

  #serve(
    { minute, candidate, stable }: Slot,
    { baseline }: Decider,
    share: number,
    chance: Chance,
    run: number,
    { candidateNoise, stableNoise }: RunConditions,
  ): void {
    const { requests, candidateErrors, stableErrors, slow } = this.#rates;
    const all = requests[minute] ?? 0;
    const at = minute + this.#world.historyMinutes;
    chance.goTo(Stream.candidate, run, minute);
    const candidateRate = (candidateErrors[minute] ?? 0) * (candidateNoise[at] ?? 1);
    drawArm(candidate, chance, all * share, candidateRate, slow.candidate);
    if (baseline === "none") return;
    chance.goTo(Stream.stable, run, minute);
    const compared = baseline === "stable" ? 1 - share : Math.min(baseline, 1 - share);
    const stableRate = (stableErrors[minute] ?? 0) * (stableNoise[at] ?? 1);
    drawArm(stable, chance, all * compared, stableRate, slow.stable);
  }

  /** The minute whose metrics come now, unless they never do. */
  #arrivals(minute: number, { missing }: RunConditions): readonly MinuteCounts[] {
    this.#arrived.length = 0;
    const slot = this.#slots[minute];
    if (slot && missing[minute + this.#world.historyMinutes] === 0) this.#arrived.push(slot);
    return this.#arrived;
  }
}

const noteFull = (before: number | null, { standing }: Pilot, now: number) =>
  before ?? (standing === "rolled back" ? null : now);
