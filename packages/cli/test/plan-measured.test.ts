import { RolloutRequest } from "@espalier/rollout";
import { expect, test } from "vitest";
import { healthy } from "../../../test/rollout/shop.ts";
import { requestFor, startedWorld, type World } from "../../../test/rollout/world.ts";
import { planRollout } from "../src/plan/plan-rollout.ts";

const world = startedWorld();

/** What an execution really took: the states that it entered, and the functions that it invoked. */
async function measured({ aws }: World, executionArn: string) {
  const entered: { name: string; type: string }[] = [];
  let invocations = 0;
  let nextToken: string | undefined;
  do {
    const page = await aws.call("states", "GetExecutionHistory", {
      executionArn,
      maxResults: 1000,
      nextToken,
    });
    for (const event of page.events) {
      if (event.stateEnteredEventDetails) entered.push(event.stateEnteredEventDetails);
      if (event.taskScheduledEventDetails?.resourceType === "lambda") invocations += 1;
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return { transitions: entered.length, invocations };
}

test("a plan counts the transitions and invocations that the run then takes, and tells as many events", {
  timeout: 120_000,
}, async () => {
  await world().shop("inventory", { v1: healthy, v2: healthy });
  await world().minutes(2);
  await world().request("planned", "inventory");
  const [first] = await world().history("planned");
  const execution = await world().owner("planned");
  await world().untilEnded("planned");

  const request = RolloutRequest.parse(requestFor("planned", "inventory"));
  const { usage } = planRollout(request, first?.at ?? "", 60);
  expect(usage).toMatchObject(await measured(world(), execution));
  expect(usage.events).toBe((await world().history("planned")).length + 1);
});
