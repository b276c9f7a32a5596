import { lambda } from "./lambda.ts";
import { readsTopology } from "./lattice-permissions.ts";
import { assumes } from "./permission.ts";
import { describes, type RecoveryArgs } from "./recovery.ts";
import { onItems, wakes } from "./rollout-functions.ts";
import { scheduled } from "./scheduled.ts";

/**
 * The function that settles runs of topologies whose execution has died: on the end that Step Functions tells, and every five
 * minutes, since it tells at best effort.
 */
export function settleDeadRuns(args: RecoveryArgs): sst.aws.Function {
  const { bus, table, provisionMachine, failures, undelivered } = args;
  const fn = lambda("settle-dead-runs", {
    handler: "functions/provision/settle-dead-runs.handler",
    environment: {
      ROLLOUTS_TABLE: table.name,
      BUS_NAME: bus.name,
      PROVISION_STATE_MACHINE_ARN: provisionMachine.arn,
    },
    permissions: [
      onItems(table, ["Query", "PutItem", "UpdateItem", "DeleteItem"]),
      { actions: ["dynamodb:Query"], resources: [$interpolate`${table.arn}/index/list`] },
      describes(provisionMachine),
      wakes,
      { actions: ["events:PutEvents"], resources: [bus.arn] },
    ],
    timeout: "60 seconds",
    failures,
  });
  scheduled("settle-dead-runs", "rate(5 minutes)", fn, undelivered);
  return fn;
}

/** The function that sees every hour whether Lattice is still as the documents last applied say, as these roles too. */
export function checkDrift(
  { bus, table, failures, undelivered }: RecoveryArgs,
  roles: readonly $util.Input<string>[],
): sst.aws.Function {
  const fn = lambda("check-drift", {
    handler: "functions/provision/check-drift.handler",
    environment: { ROLLOUTS_TABLE: table.name, BUS_NAME: bus.name },
    permissions: [
      onItems(table, ["Query", "GetItem", "PutItem", "DeleteItem"]),
      { actions: ["dynamodb:Query"], resources: [$interpolate`${table.arn}/index/list`] },
      ...readsTopology(),
      ...assumes(roles),
      { actions: ["events:PutEvents"], resources: [bus.arn] },
    ],
    timeout: "300 seconds",
    failures,
  });
  scheduled("check-drift", "rate(1 hour)", fn, undelivered);
  return fn;
}
