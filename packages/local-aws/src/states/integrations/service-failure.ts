import { AwsError } from "../../aws-error.ts";
import { StateFailure } from "../engine/state-failure.ts";

/**
 * An error of a service under the name that the AWS SDK for Java gives it, which is what Step Functions reports:
 * `DynamoDb.ConditionalCheckFailedException`. `models` says whether the API knows the code; those it does not know
 * (AccessDeniedException in most) come as `base` (`DynamoDbException`).
 */
export function serviceFailure(
  problem: unknown,
  { prefix, base, models }: { prefix: string; base: string; models: (code: string) => boolean },
): StateFailure {
  if (!(problem instanceof AwsError)) throw problem;
  const name = models(problem.code) ? javaName(problem.code) : base;
  return new StateFailure(`${prefix}.${name}`, `${problem.message} (Status Code: ${problem.status})`, {
    cause: problem,
  });
}

function javaName(code: string): string {
  if (code.endsWith("Exception")) return code;
  return `${code.replace(/Fault$/, "")}Exception`;
}
