import { AwsError } from "../../aws-error.ts";
import { isLostConnection } from "../../faults/lost-connection.ts";
import { StateFailure } from "../engine/state-failure.ts";

/**
 * An error of a service under the name that the AWS SDK for Java gives it, which is what Step Functions reports:
 * `DynamoDb.ConditionalCheckFailedException`. Codes that are not in the API's model (AccessDeniedException in most), as
 * its `client` has it, come as `base` (`DynamoDbException`).
 */
export function serviceFailure(
  problem: unknown,
  { prefix, base, client }: { prefix: string; base: string; client: object },
): StateFailure {
  if (!(problem instanceof AwsError)) throw problem;
  if (isLostConnection(problem)) {
    return new StateFailure(`${prefix}.SdkClientException`, problem.message, { cause: problem });
  }
  const name = `${problem.code}$` in client ? javaName(problem.code) : base;
  return new StateFailure(`${prefix}.${name}`, `${problem.message} (Status Code: ${problem.status})`, {
    cause: problem,
  });
}

function javaName(code: string): string {
  if (code.endsWith("Exception")) return code;
  return `${code.replace(/Fault$/, "")}Exception`;
}
