import * as z from "zod";

/**
 * The prior on the minute in which a fault starts: `first` extra on the first minute, the rest spread evenly over the
 * first `horizon` minutes. A fault that starts after the horizon is not looked for.
 */
export const StartPrior = z.object({ first: z.number().min(0).max(1), horizon: z.int().positive() });
export type StartPrior = z.infer<typeof StartPrior>;

/** The prior mass of the minute with this index, counted from 0. */
export function startMass({ first, horizon }: StartPrior, index: number): number {
  const even = index < horizon ? (1 - first) / horizon : 0;
  return index === 0 ? first + even : even;
}
