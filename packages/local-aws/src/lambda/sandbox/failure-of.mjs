/**
 * What was thrown, as Lambda's Node.js runtime writes it.
 *
 * @param {unknown} thrown
 * @param {string} [errorType]
 * @returns {import("./messages.ts").FunctionFailure}
 */
export function failureOf(thrown, errorType) {
  if (thrown instanceof Error) {
    const { name, message, stack = "" } = thrown;
    return { errorType: errorType ?? name, errorMessage: message, trace: stack.split("\n") };
  }
  return { errorType: errorType ?? typeof thrown, errorMessage: String(thrown), trace: [] };
}
