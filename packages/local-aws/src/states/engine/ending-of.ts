import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { Ending } from "./execution.ts";

/** How an execution has ended whose history ends with this event; undefined if it goes on. */
export function endingOf(event: HistoryEvent | undefined): Ending | undefined {
  const at = event?.timestamp?.getTime() ?? 0;
  switch (event?.type) {
    case "ExecutionSucceeded":
      return { status: "SUCCEEDED", at, output: event.executionSucceededEventDetails?.output ?? "null" };
    case "ExecutionFailed":
      return { status: "FAILED", at, failure: failureOf(event.executionFailedEventDetails) };
    case "ExecutionAborted":
      return { status: "ABORTED", at, failure: failureOf(event.executionAbortedEventDetails) };
    case "ExecutionTimedOut":
      return { status: "TIMED_OUT", at };
    default:
      return undefined;
  }
}

function failureOf(details: { error?: string | undefined; cause?: string | undefined } | undefined) {
  return { error: details?.error, reason: details?.cause };
}
