import type { Mishap } from "../lambda/mishap.ts";
import type { Fault, FunctionFault } from "./fault.ts";
import type { FaultBook } from "./faults.ts";
import { fitsWildcard } from "./wildcard.ts";

/** What happens to the function that is about to run. */
export function functionMishap(faults: FaultBook): (functionName: string) => Mishap | undefined {
  return (functionName) => {
    const applies = (fault: Fault): fault is FunctionFault =>
      "function" in fault && fitsWildcard(fault.function, functionName);
    const fault = faults.strike(applies)?.fault;
    switch (fault?.kind) {
      case undefined:
        return undefined;
      case "crash-before":
        return { type: "crash", afterCalls: 0 };
      case "crash-during":
        return { type: "crash", afterCalls: fault.calls };
      case "crash-after":
        return { type: "crash", afterCalls: Number.POSITIVE_INFINITY };
      case "late-write":
        return { type: "freeze", afterCalls: fault.calls, thawAfter: fault.lateSeconds * 1000 };
    }
  };
}
