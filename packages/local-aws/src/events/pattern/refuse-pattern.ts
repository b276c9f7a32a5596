import { AwsError } from "../../aws-error.ts";

/**
 * Throws what PutRule answers to a pattern it refuses. The reason is the wording of AWS's own matcher (github.com/aws/event-ruler);
 * the place in the source that AWS adds to it is left out.
 */
export function refusePattern(reason: string): never {
  throw new AwsError("InvalidEventPatternException", `Event pattern is not valid. Reason: ${reason}`);
}
