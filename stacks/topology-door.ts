import { lambda } from "./lambda.ts";
import { assumes } from "./permission.ts";
import { onItems } from "./rollout-functions.ts";

/** Where a deployment asks for topologies. */
export interface TopologyDoor {
  /** The function that asks, and waits for the outcome. */
  readonly requests: sst.aws.Function;
  /** All that a request sets going. */
  readonly ready: readonly $util.Resource[];
  /** ARNs of the roles that assume those of other accounts. */
  readonly assumedBy: readonly $util.Input<string>[];
}

export interface TopologyDoorArgs {
  readonly bus: aws.cloudwatch.EventBus;
  readonly table: aws.dynamodb.Table;
  /** Roles of other accounts as which it accepts what is shared with them. */
  readonly roles: readonly $util.Input<string>[];
}

/** The function that asks on the bus for a deployment's topologies. */
export function requestsTopology({ bus, table, roles }: TopologyDoorArgs): sst.aws.Function {
  return lambda("request-topology", {
    handler: "functions/provision/request-topology.handler",
    environment: {
      ROLLOUTS_TABLE: table.name,
      BUS_NAME: bus.name,
      ACCOUNT_ID: aws.getCallerIdentityOutput().accountId,
    },
    permissions: [
      onItems(table, ["Query"]),
      { actions: ["events:PutEvents"], resources: [bus.arn] },
      ...assumes(roles),
    ],
    // The longest that there is; a run may take its time.
    timeout: "900 seconds",
  });
}
