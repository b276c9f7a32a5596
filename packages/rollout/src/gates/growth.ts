import type { Instant } from "../instant.ts";
import { saidBy } from "../reasons.ts";
import type { Admitted } from "../rollout.ts";
import { windowsAt } from "./windows.ts";

/** Why the candidate's share may not grow at a time, and until when at least; undefined if it may. An undo is never held. */
export function growthHeld(
  { frozen, request, undoes }: Admitted,
  at: Instant,
): { readonly reason: string; readonly until: Instant | null } | undefined {
  if (undoes !== undefined) return undefined;
  if (frozen !== null) return { reason: `all rollouts are frozen${saidBy(frozen)}`, until: null };
  const { open, until } = windowsAt(request.windows, at);
  if (open) return undefined;
  const when = until === null ? "and none is to open again" : `the next one opens at ${until}`;
  return { reason: `no window is open, ${when}`, until };
}
