import { AwsError } from "../aws-error.ts";
import { jsonBody } from "./json-body.ts";
import { jsonError } from "./json-error.ts";
import type { Protocol } from "./protocol.ts";
import type { ServiceSchemas } from "./schemas.ts";

const json = jsonBody({ jsonName: false });

/**
 * awsJson1_0 and awsJson1_1: POST, the operation in `X-Amz-Target`.
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export function awsJson(
  schemas: ServiceSchemas,
  version: "1.0" | "1.1",
  { queryCompatible = false }: { readonly queryCompatible?: boolean } = {},
): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  return {
    decode({ headers, body }) {
      const target = headers["x-amz-target"] ?? "";
      const operation = schemas.operations.get(target.slice(target.lastIndexOf(".") + 1));
      if (operation === undefined) {
        throw new AwsError("UnknownOperationException", `there is no operation "${target}"`, 404);
      }
      return { operation: operation.name, input: json.read(operation.input, body) };
    },
    encode(name, output, requestId) {
      const operation = schemas.operations.get(name);
      const hasOutput = operation?.output.isStructSchema() ?? false;
      return {
        status: 200,
        headers: { "content-type": contentType, "x-amzn-requestid": requestId },
        body: operation !== undefined && hasOutput ? json.write(operation.output, output ?? {}) : "{}",
      };
    },
    encodeError: (error, requestId) =>
      jsonError(inJson(error), { schemas, contentType, requestId, queryCompatible }),
  };
}

/** These protocols answer a client's mistake with 400 whatever the mistake was. */
function inJson(error: AwsError): AwsError {
  return error.code === "AccessDeniedException"
    ? new AwsError(error.code, error.message, 400, error.members)
    : error;
}
