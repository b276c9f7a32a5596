import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient } from "@aws-sdk/client-sfn";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeGroups, latticeRouter } from "@espalier/lattice";
import { Instant } from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoQueue } from "../adapters/dynamo-queue.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { lambdaFunctions } from "../adapters/lambda-functions.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnExecutions, sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { type Clearing, clearGroups } from "./clear-groups.ts";
import { type Refusing, refuseDead } from "./refuse-dead.ts";

const Input = z.object({ at: Instant });

/** Does away with what nobody else would: requests that died while they waited, and idle groups past their time. */
export function sweepLeftovers(dependencies: Clearing & Refusing) {
  return async ({ at }: z.infer<typeof Input>): Promise<{ refused: string[]; deleted: string[] }> => ({
    refused: await refuseDead(dependencies, at),
    deleted: await clearGroups(dependencies, at),
  });
}

export const handler = lambda(Input, sweepLeftovers, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const lattice = new VPCLatticeClient();
  const stepFunctions = new SFNClient();
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    queue: dynamoQueue(table),
    router: latticeRouter(lattice),
    groups: latticeGroups(lattice),
    functions: lambdaFunctions(new LambdaClient()),
    executions: sfnExecutions(stepFunctions, environment("ROLLOUT_STATE_MACHINE_ARN")),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    wake: sfnWaker(stepFunctions),
  };
});
