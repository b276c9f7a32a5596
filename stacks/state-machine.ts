import { logical, named } from "./names.ts";
import type { Permission } from "./permission.ts";
import { serviceRole } from "./service-role.ts";

/** A workflow that calls these functions and may do these things besides. */
export interface StateMachineArgs {
  readonly definition: $util.Input<string>;
  readonly functions: readonly sst.aws.Function[];
  readonly permissions?: readonly Permission[];
}

/** A standard workflow with a role and a log group of its own. */
export function stateMachine(name: string, args: StateMachineArgs): aws.sfn.StateMachine {
  const logs = new aws.cloudwatch.LogGroup(`${logical(name)}WorkflowLogs`, {
    // Only this prefix keeps the log's resource policy from growing with each workflow:
    // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
    name: `/aws/vendedlogs/states/${named(name)}`,
    retentionInDays: 30,
  });
  const role = serviceRole(`${name}-workflow`, "states.amazonaws.com", [
    { actions: ["lambda:InvokeFunction"], resources: args.functions.map((fn) => fn.arn) },
    ...(args.permissions ?? []),
    logDelivery,
  ]);
  return new aws.sfn.StateMachine(`${logical(name)}Workflow`, {
    name: named(name),
    type: "STANDARD",
    roleArn: role.arn,
    definition: args.definition,
    loggingConfiguration: {
      level: "ALL",
      includeExecutionData: true,
      logDestination: $interpolate`${logs.arn}:*`,
    },
  });
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy */
const logDelivery: Permission = {
  actions: [
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
  ],
  resources: ["*"],
};
