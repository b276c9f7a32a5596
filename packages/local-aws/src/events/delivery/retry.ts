import type { Platform } from "../../platform.ts";

/** How long and how often a delivery is tried again. */
export interface RetryPolicy {
  readonly mostRetries: number;
  readonly oldest: number;
}

/** What EventBridge and Scheduler do where a target has no policy of its own. `oldest` is in milliseconds. */
export function retryPolicy(
  policy:
    | { MaximumRetryAttempts?: number | undefined; MaximumEventAgeInSeconds?: number | undefined }
    | undefined,
): RetryPolicy {
  return {
    mostRetries: policy?.MaximumRetryAttempts ?? 185,
    oldest: (policy?.MaximumEventAgeInSeconds ?? 86_400) * 1000,
  };
}

export type Delivered =
  | { readonly type: "delivered" }
  | {
      readonly type: "failed";
      readonly error: unknown;
      readonly retries: number;
      /** Missing where the error was one that no retry can mend. */
      readonly exhausted?: "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";
    };

/**
 * Tries until it works, retries or age run out or `permanent` says that it never will. Waits on AWS time, at most `oldest`
 * after now. `attempt` is told how many attempts came before.
 */
export async function withRetries(
  { clock, random }: Pick<Platform, "clock" | "random">,
  policy: RetryPolicy,
  attempt: (retries: number) => Promise<void>,
  permanent: (error: unknown) => boolean,
): Promise<Delivered> {
  const deadline = clock.now() + policy.oldest;
  for (let retries = 0; ; retries += 1) {
    const done = clock.busy();
    try {
      await attempt(retries);
      return { type: "delivered" };
    } catch (error) {
      if (permanent(error)) return { type: "failed", error, retries };
      if (retries >= policy.mostRetries) {
        return { type: "failed", error, retries, exhausted: "MaximumRetryAttempts" };
      }
      const wait = backoff(retries, random());
      const left = deadline - clock.now();
      const expires = wait >= left;
      const waited = new Promise<void>((resolve) => void clock.after(expires ? left : wait, resolve));
      done();
      await waited;
      if (expires) return { type: "failed", error, retries, exhausted: "MaximumEventAgeInSeconds" };
    } finally {
      done();
    }
  }
}

/**
 * Exponential with jitter, between half and all of 1 s, 2 s, 4 s ... and 480 s, so that 185 retries take about a day. AWS says
 * that much and not the figures. Milliseconds.
 */
function backoff(retries: number, chance: number): number {
  return Math.min(480, 2 ** retries) * 1000 * (0.5 + chance / 2);
}
