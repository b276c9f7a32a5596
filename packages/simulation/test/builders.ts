import type { Decider, Pilot } from "../src/decider.ts";
import { type ArmCounts, idleArm, type MinuteCounts } from "../src/traffic/minute-counts.ts";
import { World } from "../src/world.ts";

/** A healthy hour at 20 requests a second, changed as said. */
export function world(changes: Partial<World> | Record<string, unknown> = {}): World {
  return World.parse({
    name: "a world",
    minutes: 60,
    requestsPerSecond: 20,
    stable: { errorRate: 0.001 },
    candidate: { errorRate: 0.001 },
    ...changes,
  });
}

/** One arm's minute: nothing slow unless said. */
export const arm = (requests: number, errors = 0, slowerThan500ms = 0): ArmCounts => ({
  ...idleArm(),
  requests,
  errors,
  slowerThan500ms,
});

/** A minute in which the stable arm was well. */
export const minute = (at: number, candidate: ArmCounts, stable: ArmCounts = arm(1000, 1)): MinuteCounts => ({
  minute: at,
  candidate,
  stable,
});

/** Feeds a rule one minute after another, each on time (undefined: nothing came), and answers the shares it took. */
export function sharesOf(
  decider: Decider,
  minutes: readonly (ArmCounts | undefined)[],
): { shares: number[]; pilot: Pilot } {
  const pilot = decider.start([]);
  const shares = [pilot.share];
  for (const [at, counts] of minutes.entries()) {
    if (pilot.standing === "rolled back" || pilot.standing === "promoted") break;
    pilot.tick(at + 1, counts ? [minute(at, counts)] : []);
    shares.push(pilot.share);
  }
  return { shares, pilot };
}

/** Runs a generator to its return value. */
export function finish<T>(steps: Generator<unknown, T, undefined>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as T;
  }
}
