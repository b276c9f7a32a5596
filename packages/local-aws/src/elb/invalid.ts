import { AwsError } from "../aws-error.ts";

/** What a request says that cannot be; the wire calls it ValidationError. */
export function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
