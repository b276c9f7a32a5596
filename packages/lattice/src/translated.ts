import { Unavailable } from "@espalier/rollout";

/**
 * Runs a call of an AWS client and translates its failures once: throttling and the service's own faults become
 * `Unavailable`, which the workflows retry. Everything else is thrown as it is.
 */
export async function translated<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && isPassing(error)) {
      throw new Unavailable(`${error.name}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

/** Runs a call of the Lattice client; undefined where what it names is not there. */
export async function found<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Whether a call failed because what it named is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === "ResourceNotFoundException";
}

const throttling = /Throttl|TooManyRequests|RequestLimitExceeded|ThroughputExceeded|Timeout|ECONNRE/;

function isPassing(error: Error & { $fault?: unknown; $retryable?: unknown; code?: unknown }): boolean {
  return (
    error.$fault === "server" ||
    error.$retryable !== undefined ||
    throttling.test(error.name) ||
    (typeof error.code === "string" && throttling.test(error.code))
  );
}
