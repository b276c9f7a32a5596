import type { PolicyDocument } from "@espalier/policy";
import type { Call } from "../platform.ts";
import { functionName } from "./function-name.ts";
import type { Functions } from "./functions.ts";

/** The policy of a function as its permissions make it; undefined where it has none. */
export function functionPolicy(
  functions: Functions,
  identifier: string | undefined,
  call: Call,
): PolicyDocument | undefined {
  const statements = [...functions.statementsOf(functionName(identifier ?? "", call)).values()];
  return statements.length === 0
    ? undefined
    : { Version: "2012-10-17", Id: "default", Statement: statements };
}
