import { AwsError } from "../../aws-error.ts";

/** The kinds of resource that Lattice's errors name. */
export type ResourceType =
  | "SERVICE_NETWORK"
  | "SERVICE"
  | "LISTENER"
  | "RULE"
  | "TARGET_GROUP"
  | "SERVICE_NETWORK_SERVICE_ASSOCIATION"
  | "SERVICE_NETWORK_VPC_ASSOCIATION"
  | "AUTH_POLICY"
  | "RESOURCE_POLICY"
  | "ACCESS_LOG_SUBSCRIPTION"
  | "BUCKET"
  | "LOG_GROUP"
  | "VPC";

/** One field that does not hold what it should. */
export interface FieldError {
  readonly name: string;
  readonly message: string;
}

/** The request's fields are wrong. Names every offending one. */
export function invalid(...fieldList: readonly FieldError[]): AwsError {
  const message = fieldList.map((field) => `${field.name}: ${field.message}`).join("; ");
  return new AwsError("ValidationException", message, 400, { reason: "fieldValidationFailed", fieldList });
}

/** A well-formed identifier of something that is not there. */
export function notFound(resourceType: ResourceType, resourceId: string): AwsError {
  const message = `${resourceType} ${resourceId} not found`;
  return new AwsError("ResourceNotFoundException", message, 404, { resourceId, resourceType });
}

/** A duplicate, something in use, or something in the middle of a change. */
export function conflict(resourceType: ResourceType, resourceId: string, message: string): AwsError {
  return new AwsError("ConflictException", message, 409, { resourceId, resourceType });
}

/** A quota would be passed; `quotaCode` as in Service Quotas. */
export function quotaExceeded(resourceType: ResourceType, quotaCode: string, message: string): AwsError {
  return new AwsError("ServiceQuotaExceededException", message, 402, {
    resourceType,
    serviceCode: "vpc-lattice",
    quotaCode,
  });
}
