import { setTimeout } from "node:timers/promises";
import { minuteEnd } from "../../../packages/evidence/src/index.ts";
import { runningClock } from "../../../packages/local-aws/src/index.ts";
import { failingOneIn, healthy, type Shop, shop } from "../../../test/rollout/shop.ts";
import { canary } from "./canary.ts";
import { type Embedded, embedded } from "./embedded.ts";
import { till } from "./till.ts";

const LAG_MS = 60_000;
const BURST = 10;
const PAUSE_MS = 250;
const MOST_SECONDS = 600;

/**
 * Seconds of AWS time, a value a service, from when the minute that proves its candidate bad can be read, which is a minute after its
 * end, to when Lattice has the old weights again. AWS time is the wall's here, so that handlers take the time they take. Every
 * second request to the candidate fails; it gets a fifth of some 40 a second.
 */
export async function secondsToRestoredWeights(services: number): Promise<number[]> {
  const clock = runningClock();
  const world = await embedded(clock);
  const traffic = new AbortController();
  const shops = await Promise.all(
    Array.from({ length: services }, async (_, k) => {
      const name = `failing-${k}`;
      return { name, shop: await shop(world.aws, name, { v1: healthy, v2: failingOneIn(2) }) };
    }),
  );
  const sending = Promise.all(shops.map((one) => send(one.shop, traffic.signal)));
  try {
    return await Promise.all(shops.map((one) => measure(world, one.name, one.shop)));
  } finally {
    traffic.abort();
    await sending;
    for (const one of shops) one.shop.close();
    await world.close();
  }
}

async function measure({ aws, ask, history }: Embedded, name: string, service: Shop): Promise<number> {
  await ask("Rollout Requested", canary(name, name, [20, 30]));
  const given = async () => ((await service.weights()).default?.v2 ?? 0) > 0;
  await till(`${name} gets its first share`, given, MOST_SECONDS);
  await till(`${name} is rolled back`, async () => !(await given()), MOST_SECONDS);
  const restoredAt = aws.clock.now();
  const last = (await history(name)).findLast((event) => event.type === "minutes-closed");
  const proof = last?.type === "minutes-closed" ? last.minutes.at(-1) : undefined;
  if (proof === undefined) throw new Error(`${name} was not rolled back on evidence`);
  return (restoredAt - minuteEnd(proof.minute) - LAG_MS) / 1000;
}

async function send(service: Shop, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await service.send(BURST);
    await setTimeout(PAUSE_MS);
  }
}
