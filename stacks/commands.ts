import { lambda } from "./lambda.ts";
import { onItems } from "./rollout-functions.ts";

/** The function that puts a command into a rollout's inbox and wakes its workflow. */
export function receiveCommand(args: {
  bus: aws.cloudwatch.EventBus;
  table: aws.dynamodb.Table;
  failures: aws.sqs.Queue;
}): sst.aws.Function {
  return lambda("receive-command", {
    handler: "functions/rollout/receive-command.handler",
    environment: { ROLLOUTS_TABLE: args.table.name, BUS_NAME: args.bus.name },
    permissions: [
      onItems(args.table, ["GetItem", "UpdateItem"]),
      // It names a task token, not a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html
      { actions: ["states:SendTaskSuccess"], resources: ["*"] },
      { actions: ["events:PutEvents"], resources: [args.bus.arn] },
    ],
    failures: args.failures,
  });
}
