import * as z from "zod";

/** What came of preparing a candidate: its group, or the error that the workflow caught in its place. */
export const Preparation = z.union([
  z.object({ group: z.string() }),
  z.object({ error: z.string(), cause: z.string().nullish() }),
]);
export type Preparation = z.infer<typeof Preparation>;

/** Whether the group is only not ready yet, as CandidateNotReady says. */
export const isPending = (prepared: Preparation | undefined): boolean =>
  prepared !== undefined && "error" in prepared && prepared.error === "CandidateNotReady";

/** What an error that the workflow caught says: the message of a function's own, else its name and cause. */
export function causeOf({ error, cause }: Extract<Preparation, { error: string }>): string {
  try {
    return z.object({ errorMessage: z.string() }).parse(JSON.parse(cause ?? "")).errorMessage;
  } catch {
    return cause ? `${error}: ${cause}` : error;
  }
}
