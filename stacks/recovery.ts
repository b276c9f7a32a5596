import { arn } from "./arn.ts";
import { lambda } from "./lambda.ts";
import { logical, named } from "./names.ts";
import type { Permission } from "./permission.ts";
import { onItems } from "./rollout-functions.ts";
import { serviceRole } from "./service-role.ts";

/** What recovery works on. */
export interface RecoveryArgs {
  readonly table: aws.dynamodb.Table;
  readonly rolloutMachine: aws.sfn.StateMachine;
  readonly provisionMachine: aws.sfn.StateMachine;
  readonly failures: aws.sqs.Queue;
  readonly undelivered: aws.sqs.Queue;
}

/** The function that takes up a rollout whose execution has died. */
export function recover(args: RecoveryArgs): sst.aws.Function {
  return lambda("recover", {
    handler: "functions/rollout/recover.handler",
    environment: environment(args),
    permissions: takesOver(args),
    failures: args.failures,
  });
}

/**
 * Every five minutes, the same for executions whose end was never told, since status events are best effort; and the release
 * of locks that a dead apply of a topology left.
 */
export function sweep(args: RecoveryArgs): void {
  const fn = lambda("sweep", {
    handler: "functions/rollout/sweep.handler",
    environment: environment(args),
    permissions: [
      ...takesOver(args),
      onItems(args.table, ["DeleteItem"]),
      {
        actions: ["states:DescribeExecution"],
        resources: [args.rolloutMachine, args.provisionMachine].map(
          (machine) => $interpolate`${arn("states", "execution")}:${machine.name}:*`,
        ),
      },
    ],
    failures: args.failures,
  });
  const role = serviceRole("sweep-schedule", "scheduler.amazonaws.com", [
    { actions: ["lambda:InvokeFunction"], resources: [fn.arn] },
    { actions: ["sqs:SendMessage"], resources: [args.undelivered.arn] },
  ]);
  new aws.scheduler.Schedule(`${logical("sweep")}Schedule`, {
    name: named("sweep"),
    scheduleExpression: "rate(5 minutes)",
    flexibleTimeWindow: { mode: "OFF" },
    target: { arn: fn.arn, roleArn: role.arn, deadLetterConfig: { arn: args.undelivered.arn } },
  });
}

function environment({ table, rolloutMachine }: RecoveryArgs): Record<string, $util.Input<string>> {
  return { ROLLOUTS_TABLE: table.name, ROLLOUT_STATE_MACHINE_ARN: rolloutMachine.arn };
}

/** Finding the dead one's lock, taking it over and starting its successor. */
function takesOver({ table, rolloutMachine }: RecoveryArgs): Permission[] {
  return [
    onItems(table, ["GetItem", "UpdateItem"]),
    { actions: ["dynamodb:Query"], resources: [$interpolate`${table.arn}/index/list`] },
    { actions: ["states:StartExecution"], resources: [rolloutMachine.arn] },
  ];
}
