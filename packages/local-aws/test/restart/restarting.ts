import { onTestFinished } from "vitest";
import { type LocalAws, type LocalAwsOptions, manualClock, startLocalAws } from "../../src/index.ts";
import { temporaryDirectory } from "../storage/storage-rig.ts";

/** A local AWS with a data directory, on a clock that stands still, that can be ended and started again. */
export interface Restarting {
  readonly directory: string;
  /** The one that runs now. */
  aws(): LocalAws;
  /** Ends it and starts another on the same directory, `away` milliseconds of AWS time after the first was left. */
  restart(away?: number): Promise<void>;
  /** Moves AWS time. */
  advance(ms: number): Promise<void>;
}

export async function restarting(options: LocalAwsOptions = {}): Promise<Restarting> {
  const directory = temporaryDirectory();
  const begin = async (away = 0) => {
    let clock = manualClock();
    const made = await startLocalAws({
      data: directory,
      seed: 1,
      clock(leftAt) {
        clock = manualClock(leftAt === undefined ? undefined : leftAt + away);
        return clock;
      },
      ...options,
    });
    return { made, clock };
  };
  let now = await begin();
  onTestFinished(() => now.made.close());
  return {
    directory,
    aws: () => now.made,
    advance: (ms) => now.clock.advance(ms),
    async restart(away) {
      await now.made.close();
      now = await begin(away);
    },
  };
}
