import { logical, named } from "./names.ts";
import { entersNetwork } from "./network-permissions.ts";
import { type Permission, trusts } from "./permission.ts";

/** One Lambda function of `functions/`. */
export interface LambdaArgs {
  /** `functions/rollout/admit.handler`. */
  readonly handler: string;
  readonly environment: Record<string, $util.Input<string>>;
  readonly permissions: readonly Permission[];
  readonly timeout?: `${number} seconds`;
  /** Where the failures go of a function that is invoked asynchronously. */
  readonly failures?: aws.sqs.Queue;
  readonly vpc?: FunctionNetwork | undefined;
}

/** The subnets of a VPC that a function runs in, and its security groups there. */
export interface FunctionNetwork {
  readonly privateSubnets: $util.Input<string>[];
  readonly securityGroups: $util.Input<string>[];
}

/**
 * A function with a role of its own that only Lambda may assume, and that may do no more than `permissions` and write its
 * log. AWS's managed policies are left out because they let a function write to every log group of the account.
 */
export function lambda(name: string, args: LambdaArgs): sst.aws.Function {
  const logs = new aws.cloudwatch.LogGroup(`${logical(name)}Logs`, {
    name: `/aws/lambda/${named(name)}`,
    retentionInDays: 30,
  });
  const failures = args.failures;
  return new sst.aws.Function(logical(name), {
    name: named(name),
    handler: args.handler,
    runtime: "nodejs24.x",
    // Nothing reads the source maps, and writing them takes a fifth of the build.
    nodejs: { minify: true, esbuild: { sourcemap: false } },
    architecture: "arm64",
    memory: "512 MB",
    timeout: args.timeout ?? "20 seconds",
    environment: args.environment,
    logging: { logGroup: logs.name, format: "json" },
    vpc: args.vpc,
    retries: failures ? 2 : undefined,
    permissions: [
      ...args.permissions,
      { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [$interpolate`${logs.arn}:*`] },
      ...(args.vpc ? entersNetwork() : []),
      ...(failures ? [{ actions: ["sqs:SendMessage"], resources: [failures.arn] }] : []),
    ],
    transform: {
      role: { name: named(name), managedPolicyArns: [], assumeRolePolicy: trusts("lambda.amazonaws.com") },
      ...(failures && {
        eventInvokeConfig: { destinationConfig: { onFailure: { destination: failures.arn } } },
      }),
    },
  });
}
