import { setImmediate } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { type ManualClock, manualClock } from "../../src/clock/manual-clock.ts";
import { takeDataDirectory } from "../../src/storage/data-directory.ts";
import { temporaryDirectory } from "../storage/storage-rig.ts";
import { type StatesRig, statesRig } from "./states-rig.ts";

/** Step Functions that can be cut off and started again on what was written down until then. */
export interface RestartingStates {
  /** The engine that runs now, with its functions. */
  rig(): StatesRig<ManualClock>;
  /** Cuts the engine off where it is and starts another, after `away` milliseconds of AWS time. `prepare` sets up its functions. */
  restart(prepare?: (rig: StatesRig<ManualClock>) => void, away?: number): Promise<void>;
}

export async function restartingStates(): Promise<RestartingStates> {
  const path = temporaryDirectory();
  const begin = async (away: number) => {
    const directory = await takeDataDirectory(path);
    const clock = manualClock((directory.leftAt ?? Date.UTC(2026, 0, 1)) + away);
    return { directory, rig: statesRig(clock, directory.open(clock.now), 7 + directory.starts) };
  };
  let now = await begin(0);
  onTestFinished(() => now.directory.close());
  return {
    rig: () => now.rig,
    async restart(prepare = () => {}, away = 0) {
      await now.directory.close();
      now = await begin(away);
      prepare(now.rig);
      now.rig.states.resume?.();
      await setImmediate();
    },
  };
}
