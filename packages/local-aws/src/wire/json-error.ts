import type { AwsError } from "../aws-error.ts";
import type { WireResponse } from "./protocol.ts";
import type { ServiceSchemas } from "./schemas.ts";

/**
 * An error in the JSON protocols: its type in a header and in the body, its members beside the message.
 * https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization
 */
export function jsonError(
  error: AwsError,
  {
    schemas,
    contentType,
    requestId,
    queryCompatible = false,
  }: {
    readonly schemas: ServiceSchemas;
    readonly contentType: string;
    readonly requestId: string;
    /** Whether the service once spoke awsQuery, and tells the errors' names of that time too. */
    readonly queryCompatible?: boolean;
  },
): WireResponse {
  const known = schemas.errors.get(error.code);
  const headers: Record<string, string> = {
    "content-type": contentType,
    "x-amzn-errortype": error.code,
    "x-amzn-requestid": requestId,
  };
  const status = known?.status ?? error.status;
  if (queryCompatible && known?.queryError !== undefined) {
    headers["x-amzn-query-error"] = `${known.queryError};${status < 500 ? "Sender" : "Receiver"}`;
  }
  // Both spellings of the message: some shapes have `Message`, and no client minds the other.
  const body = { __type: error.code, message: error.message, Message: error.message, ...error.members };
  return { status, headers, body: JSON.stringify(body) };
}
