import * as z from "zod";
import { creator, type Site } from "./creator.ts";

const LambdaFunction = z.object({
  name: z.string(),
  role: z.string(),
  handler: z.string(),
  timeout: z.number(),
  memorySize: z.number(),
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
  vpcConfig: z.object({ subnetIds: z.array(z.string()).min(1) }).optional(),
});

/** A function, from the bundle that SST built for its component. */
export const lambdaFunction = creator(LambdaFunction, async (fn, resource, site) => {
  const vpcId = fn.vpcConfig && (await vpcOf(fn.vpcConfig.subnetIds[0] ?? "", site));
  return site.aws.lambda.putFunction({
    name: fn.name,
    directory: site.bundleOf(resource.parent?.split("::").pop() ?? resource.name),
    selfContained: true,
    handler: fn.handler,
    environment: fn.environment.variables,
    roleArn: fn.role,
    timeoutSeconds: fn.timeout,
    memoryMb: fn.memorySize,
    ...(vpcId && { vpcId }),
    ...asynchronous(fn.name, site),
  });
});

const Permission = z.object({
  action: z.string(),
  function: z.string(),
  principal: z.string(),
  sourceArn: z.string(),
});

/** A statement of a function's own policy. */
export const permission = creator(Permission, (inputs, { name }, { aws }) =>
  aws.call("lambda", "AddPermission", {
    FunctionName: inputs.function,
    StatementId: name,
    Action: inputs.action,
    Principal: inputs.principal,
    SourceArn: inputs.sourceArn,
  }),
);

const EventInvokeConfig = z.object({
  functionName: z.string(),
  maximumRetryAttempts: z.number(),
  destinationConfig: z.object({ onFailure: z.object({ destination: z.string() }) }),
});

/** How often a failed asynchronous invocation is tried again and where it goes then, which is a resource of its own. */
function asynchronous(name: string, { graph }: Site) {
  const config = graph.resources.find(
    ({ type, inputs }) =>
      type === "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig" &&
      inputs.functionName === name,
  );
  if (!config) return {};
  const { maximumRetryAttempts, destinationConfig } = EventInvokeConfig.parse(config.inputs);
  return {
    asynchronous: { retries: maximumRetryAttempts, onFailure: destinationConfig.onFailure.destination },
  };
}

/** The VPC of a subnet, whoever made it. */
async function vpcOf(subnetId: string, { aws }: Site): Promise<string> {
  const { Subnets } = await aws.call("ec2", "DescribeSubnets", { SubnetIds: [subnetId] });
  return String(Subnets[0].VpcId);
}
