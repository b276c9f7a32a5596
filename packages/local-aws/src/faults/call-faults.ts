import { AwsError } from "../aws-error.ts";
import type { Dispatch } from "../wire/dispatcher.ts";
import type { CallFault, Fault } from "./fault.ts";
import type { FaultBook } from "./faults.ts";
import { lostConnection } from "./lost-connection.ts";
import { partially, partialNames } from "./partial.ts";
import { serverError, throttling } from "./service-errors.ts";
import { fitsWildcard } from "./wildcard.ts";

/** Calls that suffer the arranged faults. */
export function faultyCalls(dispatch: Dispatch, faults: FaultBook): Dispatch {
  return async (caller, service, operation, input, requestId, region) => {
    const strike = faults.strike((fault) => applies(fault, service, operation, caller.arn));
    const run = (changed: unknown) => dispatch(caller, service, operation, changed, requestId, region);
    switch (strike?.fault.kind) {
      case undefined:
        return await run(input);
      case "throttle":
        throw throttling(service);
      case "error":
        throw serverError(service);
      case "timeout-before-effect":
        throw lostConnection();
      case "timeout-after-effect":
        await run(input).catch(unlessFault);
        throw lostConnection();
      case "partial":
        return await partially(`${service}:${operation}`, input, strike.random, run);
    }
  };
}

function applies(fault: Fault, service: string, operation: string, caller: string): fault is CallFault {
  if (!isCallFault(fault)) return false;
  return (
    fitsWildcard(fault.service, service) &&
    fitsWildcard(fault.operation, operation) &&
    fitsWildcard(fault.caller, caller) &&
    (fault.kind !== "partial" || partialNames.includes(`${service}:${operation}`))
  );
}

export function isCallFault(fault: Fault): fault is CallFault {
  return "operation" in fault;
}

/** The caller does not hear that it was refused; a fault of this program is told nevertheless. */
function unlessFault(error: unknown): void {
  if (!(error instanceof AwsError)) throw error;
}
