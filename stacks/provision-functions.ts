import { arn } from "./arn.ts";
import { lambda } from "./lambda.ts";
import {
  countsRequests,
  readsLives,
  readsRoutes,
  readsTopology,
  writesTopology,
} from "./lattice-permissions.ts";
import { serviceUrlsPath } from "./names.ts";
import { assumes, type Permission } from "./permission.ts";
import { onItems, wakes } from "./rollout-functions.ts";

/** The functions that the provision workflow calls, one a state. */
export interface ProvisionFunctions {
  readonly planTopology: sst.aws.Function;
  readonly applyTopology: sst.aws.Function;
  readonly followTopology: sst.aws.Function;
  readonly writeServiceUrls: sst.aws.Function;
  readonly settleTopology: sst.aws.Function;
}

export interface ProvisionArgs {
  readonly bus: aws.cloudwatch.EventBus;
  readonly table: aws.dynamodb.Table;
  /** ARNs of the roles of other accounts as which documents may be applied. */
  readonly roles: readonly $util.Input<string>[];
}

/** Each function with what it needs and no more. */
export function provisionFunctions({ bus, table, roles }: ProvisionArgs): ProvisionFunctions {
  const environment = {
    ROLLOUTS_TABLE: table.name,
    BUS_NAME: bus.name,
    SERVICE_URLS_PATH: serviceUrlsPath(),
  };
  const provision = (name: string, permissions: Permission[]) =>
    lambda(name, {
      handler: `functions/provision/${name}.handler`,
      environment,
      permissions,
      timeout: "60 seconds",
    });
  return {
    planTopology: provision("plan-topology", [
      onItems(table, ["Query", "GetItem", "PutItem"]),
      ...readsTopology(),
      countsRequests(),
      { actions: ["logs:FilterLogEvents"], resources: [arn("logs", "log-group:*")] },
      // Whichever a document names; secrets are not read.
      { actions: ["ssm:GetParameters"], resources: [arn("ssm", "parameter/*")] },
      ...assumes(roles),
    ]),
    applyTopology: provision("apply-topology", [
      onItems(table, ["Query", "GetItem", "PutItem"]),
      ...readsRoutes(),
      ...writesTopology(),
      ...assumes(roles),
    ]),
    followTopology: provision("follow-topology", [
      onItems(table, ["Query", "PutItem"]),
      ...readsLives(),
      ...assumes(roles),
    ]),
    writeServiceUrls: provision("write-service-urls", [
      onItems(table, ["Query"]),
      {
        actions: ["ssm:PutParameter", "ssm:DeleteParameter"],
        resources: [arn("ssm", `parameter${serviceUrlsPath()}/*`)],
      },
      { actions: ["ssm:GetParametersByPath"], resources: [arn("ssm", `parameter${serviceUrlsPath()}`)] },
    ]),
    settleTopology: provision("settle-topology", [
      onItems(table, ["Query", "PutItem", "UpdateItem", "DeleteItem"]),
      wakes,
      { actions: ["events:PutEvents"], resources: [bus.arn] },
    ]),
  };
}
