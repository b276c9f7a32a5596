import { arn } from "./arn.ts";
import { readsGroups, removesGroups } from "./group-permissions.ts";
import { lambda } from "./lambda.ts";
import { readsRoutes, writesWeights } from "./lattice-permissions.ts";
import type { Permission } from "./permission.ts";
import { listsItems, onItems, wakes } from "./rollout-functions.ts";
import { scheduled } from "./scheduled.ts";

/** What recovery works on. */
export interface RecoveryArgs {
  readonly bus: aws.cloudwatch.EventBus;
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
      onItems(args.table, ["DeleteItem", "Query"]),
      wakes,
      describes(args.rolloutMachine, args.provisionMachine),
    ],
    failures: args.failures,
  });
  everyFiveMinutes("sweep", fn, args);
}

/** Every five minutes: what died while it waited is refused, and groups that were made and are idle are deleted. */
export function sweepLeftovers(args: RecoveryArgs): void {
  const fn = lambda("sweep-leftovers", {
    handler: "functions/rollout/sweep-leftovers.handler",
    environment: environment(args),
    permissions: [
      onItems(args.table, ["Query", "GetItem", "PutItem", "UpdateItem", "DeleteItem"]),
      listsItems(args.table),
      describes(args.rolloutMachine),
      ...readsRoutes(),
      ...writesWeights(),
      ...readsGroups(),
      ...removesGroups(),
      wakes,
      { actions: ["events:PutEvents"], resources: [args.bus.arn] },
    ],
    timeout: "60 seconds",
    failures: args.failures,
  });
  everyFiveMinutes("sweep-leftovers", fn, args);
}

const everyFiveMinutes = (name: string, fn: sst.aws.Function, { undelivered }: RecoveryArgs): void =>
  scheduled(name, "rate(5 minutes)", fn, undelivered);

/** Seeing whether executions run. */
export const describes = (...machines: aws.sfn.StateMachine[]): Permission => ({
  actions: ["states:DescribeExecution"],
  resources: machines.map((machine) => $interpolate`${arn("states", "execution")}:${machine.name}:*`),
});

function environment({ bus, table, rolloutMachine }: RecoveryArgs): Record<string, $util.Input<string>> {
  return {
    ROLLOUTS_TABLE: table.name,
    ROLLOUT_STATE_MACHINE_ARN: rolloutMachine.arn,
    BUS_NAME: bus.name,
  };
}

/** Finding the dead one's lock, taking it over and starting its successor, or telling that this is given up. */
function takesOver({ bus, table, rolloutMachine }: RecoveryArgs): Permission[] {
  return [
    onItems(table, ["GetItem", "UpdateItem"]),
    listsItems(table),
    { actions: ["states:StartExecution"], resources: [rolloutMachine.arn] },
    { actions: ["events:PutEvents"], resources: [bus.arn] },
  ];
}
