import type { Execution } from "./engine/execution.ts";

/** The ended executions that are remembered, the oldest first to go. */
export interface EndedExecutions {
  add(execution: Execution): void;
}

/** AWS forgets after 90 days; here a long run must not fill the memory. */
const limits = {
  executions: 10_000,
  /** In characters, of what they hold in memory. */
  size: 64 * 1024 * 1024,
};

/** Tells `forget` which to forget. */
export function endedExecutions(
  forget: (execution: Execution) => void,
  { executions, size }: typeof limits = limits,
): EndedExecutions {
  const sizes = new Map<Execution, number>();
  let held = 0;
  return {
    add(execution) {
      sizes.set(execution, sizeOf(execution));
      held += sizeOf(execution);
      for (const [oldest, itsSize] of sizes) {
        if (sizes.size <= executions && held <= size) return;
        sizes.delete(oldest);
        held -= itsSize;
        forget(oldest);
      }
    },
  };
}

function sizeOf({ history, input, ending }: Execution): number {
  const output = ending?.status === "SUCCEEDED" ? ending.output.length : 0;
  return history.size + input.length + output + 500;
}
