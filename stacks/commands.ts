import { lambda } from "./lambda.ts";
import type { Permission } from "./permission.ts";
import { listsItems, onItems, wakes } from "./rollout-functions.ts";

/** What the functions that events reach rollouts by work on. */
export interface ReceiverArgs {
  readonly bus: aws.cloudwatch.EventBus;
  readonly table: aws.dynamodb.Table;
  readonly failures: aws.sqs.Queue;
}

/** The function that puts a command into a rollout's inbox and wakes its workflow. */
export function receiveCommand(args: ReceiverArgs): sst.aws.Function {
  return receiver("receive-command", args, [onItems(args.table, ["GetItem", "UpdateItem"]), tells(args)]);
}

/** The function that tells an alarm to the rollouts that named it. */
export function receiveAlarm(args: ReceiverArgs): sst.aws.Function {
  return receiver("receive-alarm", args, [onItems(args.table, ["Query", "GetItem", "UpdateItem"])]);
}

/** The function that freezes all rollouts, and wakes those that run. */
export function receiveFreeze(args: ReceiverArgs): sst.aws.Function {
  return receiver("receive-freeze", args, [
    onItems(args.table, ["PutItem", "UpdateItem"]),
    listsItems(args.table),
    tells(args),
  ]);
}

function receiver(name: string, { bus, table, failures }: ReceiverArgs, permissions: Permission[]) {
  return lambda(name, {
    handler: `functions/rollout/${name}.handler`,
    environment: { ROLLOUTS_TABLE: table.name, BUS_NAME: bus.name },
    permissions: [...permissions, wakes],
    failures,
  });
}

const tells = ({ bus }: ReceiverArgs): Permission => ({
  actions: ["events:PutEvents"],
  resources: [bus.arn],
});
