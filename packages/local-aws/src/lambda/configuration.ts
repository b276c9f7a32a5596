import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import type { LambdaFunction } from "./lambda-function.ts";

/** A function as Lambda describes it. Size and hash of its code are not computed. */
export function configuration({
  settings,
  arn,
  revisionId,
  modifiedAt,
}: LambdaFunction): FunctionConfiguration {
  const {
    name,
    version = "$LATEST",
    handler,
    roleArn,
    timeoutSeconds,
    memoryMb,
    environment,
    vpcId,
    asynchronous,
  } = settings;
  return {
    FunctionName: name,
    FunctionArn: arn,
    Runtime: "nodejs24.x",
    Role: roleArn,
    Handler: handler,
    Timeout: timeoutSeconds,
    MemorySize: memoryMb,
    LastModified: new Date(modifiedAt).toISOString().replace("Z", "+0000"),
    Version: version,
    Environment: { Variables: environment },
    RevisionId: revisionId,
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    LoggingConfig: { LogFormat: "Text", LogGroup: `/aws/lambda/${name}` },
    ...(vpcId === undefined ? {} : { VpcConfig: { VpcId: vpcId, SubnetIds: [], SecurityGroupIds: [] } }),
    ...(asynchronous?.deadLetterQueue
      ? { DeadLetterConfig: { TargetArn: asynchronous.deadLetterQueue } }
      : {}),
  };
}
