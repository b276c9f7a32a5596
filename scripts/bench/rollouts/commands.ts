import { runningClock } from "../../../packages/local-aws/src/index.ts";
import {
  type CommandType,
  commandDetailTypes,
  type RolloutSummary,
} from "../../../packages/rollout/src/index.ts";
import { healthy, type Shop, shop } from "../../../test/rollout/shop.ts";
import { canary } from "./canary.ts";
import { type Embedded, embedded } from "./embedded.ts";
import { progress } from "./progress.ts";
import { till } from "./till.ts";

/** What a command is to lead to: a status that can be read, or weights that Lattice has. */
interface Expected {
  readonly command: CommandType;
  readonly effect: RolloutSummary["status"] | { readonly v2: number };
}

const pauses = Array.from({ length: 4 }, (): Expected[] => [
  { command: "pause", effect: "paused" },
  { command: "resume", effect: "baking" },
]).flat();

/** One of the two that move weights comes last. */
const commandsOf = (k: number): Expected[] => [
  ...pauses,
  { command: "pause", effect: "paused" },
  k % 2 === 0 ? { command: "abort", effect: { v2: 0 } } : { command: "promote", effect: { v2: 100 } },
];

const MOST_SECONDS = 60;

/**
 * Milliseconds of wall time from putting a command on the bus to its effect, a value a command, ten for each of so many services, one
 * after the other, while the rollouts of all of them take their looks. The clock goes as the wall's.
 */
export async function millisecondsToEffect(services: number): Promise<number[]> {
  const world = await embedded(runningClock());
  const took: number[] = [];
  const shops: Shop[] = [];
  try {
    for (let k = 0; k < services; k += 1) {
      const name = `commanded-${k}`;
      shops.push(await shop(world.aws, name, { v1: healthy, v2: healthy }));
      await world.ask("Rollout Requested", canary(name, name, [10, 60]));
    }
    for (const [k, service] of shops.entries()) {
      const name = `commanded-${k}`;
      await till(`${name} bakes`, async () => (await world.summary(name))?.status === "baking", MOST_SECONDS);
      for (const expected of commandsOf(k)) took.push(await time(world, name, service, expected));
      progress(`${took.length} commands`);
    }
    return took;
  } finally {
    for (const { close } of shops) close();
    await world.close();
  }
}

async function time(
  { ask, summary }: Embedded,
  rollout: string,
  service: Shop,
  { command, effect }: Expected,
): Promise<number> {
  const started = performance.now();
  await ask(commandDetailTypes[command], { rollout, requestedBy: "bench", reason: "to be measured" });
  const done =
    typeof effect === "string"
      ? async () => (await summary(rollout))?.status === effect
      : async () => ((await service.weights()).default?.v2 ?? 0) === effect.v2;
  await till(`${command} of ${rollout}`, done, MOST_SECONDS);
  return performance.now() - started;
}
