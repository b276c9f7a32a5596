import { AwsError } from "../aws-error.ts";

/** What AWS's services, which call each other with its SDK for Java, call a call without an answer. No service answers it. */
const code = "SdkClientException";

/** The end of a call that gets no answer, whether or not it took effect. On the wire the connection is closed instead. */
export function lostConnection(): AwsError {
  return new AwsError(code, "Unable to execute HTTP request: Connection reset", 0);
}

export function isLostConnection(error: unknown): boolean {
  return error instanceof AwsError && error.code === code;
}
