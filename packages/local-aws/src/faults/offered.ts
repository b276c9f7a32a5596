import type { Service } from "../platform.ts";
import { isCallFault } from "./call-faults.ts";
import type { Fault } from "./fault.ts";
import type { Complaint } from "./invalid-fault.ts";
import { partialNames } from "./partial.ts";
import { fitsWildcard } from "./wildcard.ts";

/** What is wrong with a fault that could never strike: it names a service or an operation that this local AWS does not offer. */
export function neverStrikes(fault: Fault, services: readonly Service[]): Complaint | undefined {
  if (!isCallFault(fault)) return undefined;
  const named = services.filter(({ name }) => fitsWildcard(fault.service, name));
  if (named.length === 0) {
    const offered = services.map(({ name }) => name).toSorted();
    return { field: "service", message: `"${fault.service}" is none of ${offered.join(", ")}` };
  }
  const operations = named.flatMap(({ name, operations }) =>
    Object.keys(operations)
      .filter((operation) => fitsWildcard(fault.operation, operation))
      .map((operation) => `${name}:${operation}`),
  );
  if (operations.length === 0) {
    const of = named.map(({ name }) => name).join(", ");
    return { field: "operation", message: `"${fault.operation}" is no operation that ${of} offers here` };
  }
  if (fault.kind === "partial" && !operations.some((operation) => partialNames.includes(operation))) {
    return { field: "operation", message: `only ${partialNames.join(", ")} can succeed in part` };
  }
  return undefined;
}
