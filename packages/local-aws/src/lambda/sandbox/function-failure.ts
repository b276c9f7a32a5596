import type { FunctionFailure } from "./messages.ts";

/** What was thrown, as Lambda's Node.js runtime writes it. */
export function failureOf(thrown: unknown, errorType?: string): FunctionFailure {
  if (thrown instanceof Error) {
    const { name, message, stack = "" } = thrown;
    return { errorType: errorType ?? name, errorMessage: message, trace: stack.split("\n") };
  }
  return { errorType: errorType ?? typeof thrown, errorMessage: String(thrown), trace: [] };
}
