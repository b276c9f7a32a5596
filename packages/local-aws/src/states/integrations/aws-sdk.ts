import { NormalizedSchema } from "@smithy/core/schema";
import type { ServiceName } from "../../platform.ts";
import { StateFailure } from "../engine/state-failure.ts";
import type { Surroundings } from "../engine/strand.ts";
import { isObject, type Json } from "../json.ts";
import { fromApiShape, toApiShape } from "./sdk-shape.ts";
import { serviceFailure } from "./service-failure.ts";

/** A service as `aws-sdk` integrations name it, in Resources and in front of its errors. */
export interface SdkService {
  readonly service: ServiceName;
  readonly prefix: string;
  /** Its client, whose schemas say what the API looks like. */
  readonly load: () => Promise<object>;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html, those the embedded AWS has. */
export const sdkServices: ReadonlyMap<string, SdkService> = new Map<string, SdkService>([
  [
    "cloudwatch",
    { service: "monitoring", prefix: "CloudWatch", load: () => import("@aws-sdk/client-cloudwatch") },
  ],
  [
    "cloudwatchlogs",
    { service: "logs", prefix: "CloudWatchLogs", load: () => import("@aws-sdk/client-cloudwatch-logs") },
  ],
  ["dynamodb", { service: "dynamodb", prefix: "DynamoDb", load: () => import("@aws-sdk/client-dynamodb") }],
  [
    "eventbridge",
    { service: "events", prefix: "EventBridge", load: () => import("@aws-sdk/client-eventbridge") },
  ],
  ["lambda", { service: "lambda", prefix: "Lambda", load: () => import("@aws-sdk/client-lambda") }],
  [
    "scheduler",
    { service: "scheduler", prefix: "Scheduler", load: () => import("@aws-sdk/client-scheduler") },
  ],
  ["sfn", { service: "states", prefix: "Sfn", load: () => import("@aws-sdk/client-sfn") }],
  ["sqs", { service: "sqs", prefix: "Sqs", load: () => import("@aws-sdk/client-sqs") }],
  ["ssm", { service: "ssm", prefix: "Ssm", load: () => import("@aws-sdk/client-ssm") }],
  [
    "vpclattice",
    { service: "vpc-lattice", prefix: "VpcLattice", load: () => import("@aws-sdk/client-vpc-lattice") },
  ],
]);

/** `aws-sdk:<service>:<action>`: any operation of the API, its errors as `DynamoDb.ConditionalCheckFailedException`. */
export async function sdkCall(
  { service, prefix, load }: SdkService,
  action: string,
  input: Json,
  { platform, caller }: Surroundings,
): Promise<Json> {
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  const client: Readonly<Record<string, unknown>> = { ...(await load()) };
  const [request, response] = schemasOf(client[`${operation}$`]) ?? [];
  if (request === undefined || response === undefined)
    throw new StateFailure("States.Runtime", `${prefix} has no operation ${operation}`);
  const shaped = requestShape(request, input);
  try {
    const answer = await platform.call(caller(), service, operation, shaped);
    return fromApiShape(response, answer) ?? {};
  } catch (problem) {
    throw serviceFailure(problem, {
      prefix,
      base: `${prefix}Exception`,
      client,
    });
  }
}

/** A client exports an operation as `[9, namespace, name, traits, input, output]`. */
function schemasOf(operation: unknown): [NormalizedSchema, NormalizedSchema] | undefined {
  if (!Array.isArray(operation) || operation[0] !== 9) return undefined;
  return [NormalizedSchema.of(operation[4]), NormalizedSchema.of(operation[5])];
}

function requestShape(schema: NormalizedSchema, input: Json): unknown {
  if (!isObject(input)) throw new StateFailure("States.Runtime", "Arguments must be an object");
  try {
    return toApiShape(schema, input);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new StateFailure("States.Runtime", cause.message, { cause });
  }
}
