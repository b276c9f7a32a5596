import { jumpingClock, type LocalAws } from "../../../packages/local-aws/src/index.ts";
import { table } from "../../../packages/rollout/src/index.ts";
import { receive } from "../../soak/stage.ts";
import { violationsOf } from "../../soak/violations.ts";
import { canary } from "./canary.ts";
import { type Embedded, embedded } from "./embedded.ts";
import { type Fleet, fleet } from "./fleet.ts";
import { progress } from "./progress.ts";

/** What became of so many rollouts at once. */
export interface Crowd {
  readonly rollouts: number;
  readonly promoted: number;
  /** A sentence each. */
  readonly violations: readonly string[];
  /** Medians of the wall time of a function's invocations, in milliseconds: reading the metrics, and deciding. */
  readonly collectMs: number;
  readonly decideMs: number;
  /** Wall time from the first request until nothing more was to be done. */
  readonly seconds: number;
}

const START = Date.UTC(2026, 2, 1, 12, 0, 20);

/**
 * Has so many services rolled out at once, each its own, in one embedded process on the clock that jumps when nothing is in flight.
 * There is no traffic: what is measured is the engine. Each is to be promoted.
 */
export async function crowd(rollouts: number): Promise<Crowd> {
  const clock = jumpingClock(START);
  const world = await embedded(clock, { services: rollouts });
  const telling = setInterval(() => {
    progress(`${rollouts} rollouts: ${Math.round((clock.now() - START) / 60_000)} minutes of AWS time`);
  }, 1000);
  try {
    const services = await fleet(world.aws, rollouts);
    const started = performance.now();
    for (const { name, arn, candidate } of services.services) {
      // Whoever names them otherwise has them looked for in Lattice's lists, page by page.
      const named = { service: arn, candidate };
      await world.ask("Rollout Requested", { ...canary(name, name, [10, 1], [50, 1]), ...named });
    }
    await clock.rested();
    const seconds = (performance.now() - started) / 1000;
    const minutes = (clock.now() - START) / 60_000;
    return {
      ...{ rollouts, seconds },
      ...(await outcome(world, services, minutes)),
      collectMs: await medianMs(world.aws, "collect-metrics"),
      decideMs: await medianMs(world.aws, "decide"),
    };
  } finally {
    clearInterval(telling);
    await world.close();
  }
}

async function outcome(
  world: Embedded,
  { services, weights }: Fleet,
  minutes: number,
): Promise<Pick<Crowd, "promoted" | "violations">> {
  const { aws, deployed } = world;
  const told = Map.groupBy(await receive(aws, deployed.told), ({ rollout }) => rollout);
  const before = { default: { v1: 100 } };
  let promoted = 0;
  const violations: string[] = [];
  for (const { name: id, arn } of services) {
    const story = { id, history: await world.history(id), summary: await world.summary(id) };
    const after = await weights(id);
    if (story.summary?.status === "promoted") promoted += 1;
    else violations.push(`${id} was not promoted, it is ${story.summary?.status}`);
    const left = (await isLocked(world, arn)) ? [`${id} still holds its service`] : [];
    const played = { stories: [story], told: told.get(id) ?? [], before, after, left, minutes };
    violations.push(...violationsOf({ ...played, foreign: [], seen: [], unanswered: 0 }));
  }
  return { promoted, violations };
}

async function isLocked({ aws, deployed }: Embedded, service: string): Promise<boolean> {
  const { pk, sk } = table.lock(service);
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const get = { TableName: deployed.table, Key, ConsistentRead: true };
  return (await aws.call("dynamodb", "GetItem", get)).Item !== undefined;
}

const DAY = 86_400;

/** Of all invocations that the function has had. */
async function medianMs(aws: LocalAws, FunctionName: string): Promise<number> {
  const { Datapoints } = await aws.call("monitoring", "GetMetricStatistics", {
    ...{ Namespace: "AWS/Lambda", MetricName: "Duration" },
    Dimensions: [{ Name: "FunctionName", Value: FunctionName }],
    ...{ StartTime: new Date(START - (START % (DAY * 1000))), EndTime: new Date(START + DAY * 1000) },
    ...{ Period: DAY, ExtendedStatistics: ["p50"] },
  });
  return Datapoints[0]?.ExtendedStatistics?.p50 ?? Number.NaN;
}
