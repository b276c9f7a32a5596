import { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../../aws-error.ts";
import { sdkServices } from "../../states/integrations/aws-sdk.ts";
import { toApiShape } from "../../states/integrations/sdk-shape.ts";
import type { ApiCall } from "./api-call.ts";

/** What `arn:aws:scheduler:::aws-sdk:SERVICE:ACTION` names; undefined for another ARN or a service that is not here. */
export function universalTarget(
  arn: string,
): { readonly service: string; readonly action: string } | undefined {
  const [, service = "", action = ""] =
    /^arn:aws:scheduler:::aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)$/.exec(arn) ?? [];
  return sdkServices.has(service) ? { service, action } : undefined;
}

/** Whether the action only reads, which Scheduler refuses. https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
export function onlyReads(action: string): boolean {
  return /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel)/.test(
    action,
  );
}

/** The call that a universal target stands for: any operation of the API, members in PascalCase. */
export async function universalCall(arn: string, input: string): Promise<ApiCall> {
  const { service = "", action = "" } = universalTarget(arn) ?? {};
  const sdk = sdkServices.get(service);
  const operation = action.charAt(0).toUpperCase() + action.slice(1);
  const client: Readonly<Record<string, unknown>> = { ...(await sdk?.load()) };
  const schema = client[`${operation}$`];
  if (sdk === undefined || !Array.isArray(schema) || schema[0] !== 9) {
    throw new AwsError("ActionNotFoundException", `${service} has no operation ${operation}`);
  }
  try {
    const shaped = toApiShape(NormalizedSchema.of(schema[4]), JSON.parse(input));
    return { service: sdk.service, operation, input: { ...(shaped as object) } };
  } catch (cause) {
    throw new AwsError(
      "InvalidJson",
      `The input is not one of ${arn}: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
}
