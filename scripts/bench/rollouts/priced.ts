import { costOf } from "../../../packages/cli/src/plan/cost.ts";
import { planRollout } from "../../../packages/cli/src/plan/plan-rollout.ts";
import { manualClock } from "../../../packages/local-aws/src/index.ts";
import { fromMillis, RolloutRequest } from "../../../packages/rollout/src/index.ts";
import { healthy, shop } from "../../../test/rollout/shop.ts";
import { canary } from "./canary.ts";
import { type Embedded, embedded } from "./embedded.ts";
import { progress } from "./progress.ts";

/** What a canary took that lasts so many minutes, with a look in each, and what AWS would ask for all of it. */
export interface Priced {
  readonly minutes: number;
  readonly transitions: number;
  readonly invocations: number;
  readonly dollars: number;
}

const MINUTE = 60_000;
const REQUESTS_A_MINUTE = 30;
const START = Date.UTC(2026, 2, 1, 12, 0, 20);

/**
 * Runs a healthy canary that lasts so many minutes, in three steps. Its transitions and invocations are counted in the histories of its
 * executions; what it takes of other services is told by the plan, whose prices these are.
 */
export async function pricedCanary(minutes: number): Promise<Priced> {
  const clock = manualClock(START);
  const world = await embedded(clock);
  const name = `canary-of-${minutes}`;
  const service = await shop(world.aws, name, { v1: healthy, v2: healthy });
  // A step's last minute is read a minute after its end.
  const bake = minutes / 3 - 1;
  const request = canary(name, name, [10, bake], [25, bake], [50, bake]);
  try {
    await world.ask("Rollout Requested", request);
    await clock.advance(0);
    while ((await executions(world)).some(({ status }) => status === "RUNNING")) {
      await service.send(REQUESTS_A_MINUTE);
      await clock.advance(MINUTE);
      progress(`${name}: ${Math.round((clock.now() - START) / MINUTE)} minutes`);
    }
    const { status, minutes: lasted = 0 } = (await world.summary(name)) ?? {};
    if (status !== "promoted" || Math.abs(lasted - minutes) > 1) {
      throw new Error(`${name} is ${status} after ${lasted} minutes`);
    }
    const counted = await count(world);
    const { usage } = planRollout(RolloutRequest.parse(request), fromMillis(START), REQUESTS_A_MINUTE);
    const dollars = costOf({ ...usage, ...counted }).reduce((sum, line) => sum + line.dollars, 0);
    return { minutes, ...counted, dollars };
  } finally {
    service.close();
    await world.close();
  }
}

async function executions({
  aws,
  deployed,
}: Embedded): Promise<readonly { readonly executionArn: string; readonly status: string }[]> {
  const list = { stateMachineArn: deployed.rolloutMachine, maxResults: 1000 };
  return (await aws.call("states", "ListExecutions", list)).executions;
}

/** States entered, and functions invoked, in all executions. */
async function count(world: Embedded): Promise<{ transitions: number; invocations: number }> {
  const counted = { transitions: 0, invocations: 0 };
  for (const { executionArn } of await executions(world)) {
    let nextToken: string | undefined;
    do {
      const ask = { executionArn, maxResults: 1000, ...(nextToken === undefined ? {} : { nextToken }) };
      const page = await world.aws.call("states", "GetExecutionHistory", ask);
      for (const { stateEnteredEventDetails, taskStartedEventDetails } of page.events) {
        if (stateEnteredEventDetails !== undefined) counted.transitions += 1;
        if (taskStartedEventDetails?.resourceType === "lambda") counted.invocations += 1;
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
  return counted;
}
