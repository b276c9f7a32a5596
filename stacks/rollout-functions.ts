import { arn } from "./arn.ts";
import { claimsGroups, makesGroups, readsGroups } from "./group-permissions.ts";
import { type FunctionNetwork, type LambdaArgs, lambda } from "./lambda.ts";
import {
  readsDirectory,
  readsRoutes,
  removesMatches,
  writesMatches,
  writesWeights,
} from "./lattice-permissions.ts";
import type { Permission } from "./permission.ts";

/** The functions that the rollout workflow calls, one a state. */
export interface RolloutFunctions {
  readonly admit: sst.aws.Function;
  readonly prepareCandidate: sst.aws.Function;
  readonly collectMetrics: sst.aws.Function;
  readonly decide: sst.aws.Function;
  readonly shiftWeights: sst.aws.Function;
  readonly runHook: sst.aws.Function;
  readonly rollBack: sst.aws.Function;
  readonly settle: sst.aws.Function;
  readonly takeUp: sst.aws.Function;
}

/** What they work on, and the network that hooks at addresses are asked from, where there is one. */
export interface RolloutFunctionsArgs {
  readonly bus: aws.cloudwatch.EventBus;
  readonly table: aws.dynamodb.Table;
  readonly hooksFrom: FunctionNetwork | undefined;
}

/** Each function with what it needs and no more. */
export function rolloutFunctions({ bus, table, hooksFrom }: RolloutFunctionsArgs): RolloutFunctions {
  const environment = { ROLLOUTS_TABLE: table.name, BUS_NAME: bus.name };
  const tells: Permission = { actions: ["events:PutEvents"], resources: [bus.arn] };
  const rollout = (name: string, permissions: Permission[], more: Partial<LambdaArgs> = {}) =>
    lambda(name, { handler: `functions/rollout/${name}.handler`, environment, permissions, ...more });
  return {
    admit: rollout(
      "admit",
      [
        onItems(table, ["Query", "GetItem", "PutItem", "UpdateItem", "DeleteItem"]),
        ...readsDirectory(),
        ...readsRoutes(),
        ...claimsGroups(),
        ...looksAtGates(),
        wakes,
        tells,
      ],
      { environment: { ...environment, ASKS_ADDRESSES: String(hooksFrom !== undefined) } },
    ),
    prepareCandidate: rollout("prepare-candidate", [
      onItems(table, ["Query", "GetItem"]),
      ...readsRoutes(),
      ...readsGroups(),
      ...makesGroups(),
    ]),
    collectMetrics: rollout("collect-metrics", [measures, readsAlarms]),
    decide: rollout("decide", [onItems(table, ["Query", "GetItem", "PutItem", "UpdateItem"]), tells]),
    shiftWeights: rollout("shift-weights", [
      onItems(table, ["Query", "GetItem"]),
      ...readsRoutes(),
      ...writesWeights(),
      ...writesMatches(),
    ]),
    runHook: rollout("run-hook", [onItems(table, ["Query"]), ...asksHooks()], { vpc: hooksFrom }),
    rollBack: rollout("roll-back", [
      onItems(table, ["Query", "GetItem", "PutItem", "UpdateItem"]),
      ...readsDirectory(),
      ...readsRoutes(),
      ...writesWeights(),
      ...removesMatches(),
      tells,
    ]),
    settle: rollout("settle", [
      onItems(table, ["Query", "GetItem", "PutItem", "UpdateItem", "DeleteItem"]),
      listsItems(table),
      ...readsRoutes(),
      ...removesMatches(),
      wakes,
      tells,
    ]),
    takeUp: rollout("take-up", [onItems(table, ["GetItem", "UpdateItem"])]),
  };
}

/** Waking an execution names its task token, not a resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
export const wakes: Permission = { actions: ["states:SendTaskSuccess"], resources: ["*"] };

/** Looking at the alarms, the metrics and the functions that a request names. */
function looksAtGates(): Permission[] {
  return [
    readsAlarms,
    measures,
    { actions: ["lambda:GetFunctionConfiguration"], resources: [arn("lambda", "function:*")] },
  ];
}

/** Of composite alarms nothing is told to whoever may ask of less than everything: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
const readsAlarms: Permission = { actions: ["cloudwatch:DescribeAlarms"], resources: ["*"] };

/**
 * Asking hooks, and nothing else: functions whose names begin with `espalier-hook-`, and services of this account on Lattice by
 * POST (which their own auth policies have to allow too).
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonvpclatticeservices.html
 */
function asksHooks(): Permission[] {
  return [
    { actions: ["lambda:InvokeFunction"], resources: [arn("lambda", "function:espalier-hook-*")] },
    {
      actions: ["vpc-lattice-svcs:Invoke"],
      resources: [arn("vpc-lattice", "service/*")],
      conditions: [{ test: "StringEquals", variable: "vpc-lattice-svcs:RequestMethod", values: ["POST"] }],
    },
  ];
}

/** These DynamoDB actions on the items of a table. */
export function onItems(table: aws.dynamodb.Table, actions: readonly string[]): Permission {
  return { actions: actions.map((action) => `dynamodb:${action}`), resources: [table.arn] };
}

/** Finding the items of one kind in a table. */
export function listsItems(table: aws.dynamodb.Table): Permission {
  return { actions: ["dynamodb:Query"], resources: [$interpolate`${table.arn}/index/list`] };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html: neither takes a resource. */
const measures: Permission = {
  actions: ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"],
  resources: ["*"],
};
