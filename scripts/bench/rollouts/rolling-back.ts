import { setTimeout } from "node:timers/promises";
import { minuteEnd } from "../../../packages/evidence/src/index.ts";
import { type Clock, manualClock, runningClock } from "../../../packages/local-aws/src/index.ts";
import { failingOneIn, healthy, type Shop, shop } from "../../../test/rollout/shop.ts";
import { canary } from "./canary.ts";
import { type Embedded, embedded } from "./embedded.ts";

/** AWS time, and how a moment of it passes. */
interface Time {
  readonly clock: Clock;
  pass(): Promise<void>;
}

/** AWS time stands still while functions run, so that only what is waited for counts. */
export function standingTime(): Time {
  const clock = manualClock(Date.UTC(2026, 2, 1, 12, 0, 20));
  return { clock, pass: () => clock.advance(250) };
}

/** AWS time is the wall's: functions take what they take on this machine, cold starts included. */
export function wallTime(): Time {
  return { clock: runningClock(), pass: () => setTimeout(20) };
}

interface Watched {
  readonly name: string;
  readonly service: Shop;
  given: boolean;
  restoredAt?: number;
}

const LAG_MS = 60_000;
const BURST = 10;
const BURSTS_EVERY_MS = 250;
const MOST_MS = 600_000;

/**
 * Seconds of AWS time, a value a service, from when the minute that proves its candidate bad can be read, which is a minute after its
 * end, to when Lattice has the old weights again. Every second request to the candidate fails; it gets a fifth of some 40 a
 * second.
 */
export async function secondsToRestoredWeights(services: number, { clock, pass }: Time): Promise<number[]> {
  const world = await embedded(clock);
  const watched: Watched[] = [];
  try {
    for (let k = 0; k < services; k += 1) {
      const name = `failing-${k}`;
      const service = await shop(world.aws, name, { v1: healthy, v2: failingOneIn(2) });
      watched.push({ name, service, given: false });
      await world.ask("Rollout Requested", canary(name, name, [20, 30]));
    }
    const end = clock.now() + MOST_MS;
    let burstAt = 0;
    while (watched.some(({ restoredAt }) => restoredAt === undefined)) {
      if (clock.now() > end) throw new Error("a bad candidate was not rolled back in ten minutes");
      if (clock.now() >= burstAt) {
        burstAt = clock.now() + BURSTS_EVERY_MS;
        await Promise.all(watched.map(({ service }) => service.send(BURST)));
      }
      await pass();
      for (const one of watched) await note(one, clock.now());
    }
    return await Promise.all(watched.map((one) => late(world, one)));
  } finally {
    for (const { service } of watched) service.close();
    await world.close();
  }
}

async function note(one: Watched, now: number): Promise<void> {
  const given = ((await one.service.weights()).default?.v2 ?? 0) > 0;
  if (one.given && !given) one.restoredAt ??= now;
  one.given ||= given;
}

async function late({ history }: Embedded, { name, restoredAt = Number.NaN }: Watched): Promise<number> {
  const last = (await history(name)).findLast((event) => event.type === "minutes-closed");
  const proof = last?.type === "minutes-closed" ? last.minutes.at(-1) : undefined;
  if (proof === undefined) throw new Error(`${name} was not rolled back on evidence`);
  return (restoredAt - minuteEnd(proof.minute) - LAG_MS) / 1000;
}
