import { AwsError } from "../aws-error.ts";

/** Throws CloudWatch's error for a parameter it refuses. */
export function refuseValue(message: string): never {
  throw new AwsError("InvalidParameterValueException", message);
}

/** Throws CloudWatch's error for parameters that do not go together. */
export function refuseCombination(message: string): never {
  throw new AwsError("InvalidParameterCombinationException", message);
}
