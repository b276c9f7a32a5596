import * as z from "zod";

const even = { first: z.number().min(0).max(1), horizon: z.int().positive() };

/**
 * The prior on the minute in which a fault starts: `first` extra on the first minute, the rest spread over later ones. Without
 * `after` it is spread evenly over the first `horizon` minutes, and a fault that starts later is not looked for. With
 * `after: "falling"` it is as dense, but from half the horizon on it falls with the square of the minute, which takes just as
 * much in all and never ends, so that a comparison may go on for as long as it likes.
 */
export const StartPrior = z.union([z.object({ ...even, after: z.literal("falling") }), z.object(even)]);
export type StartPrior = z.infer<typeof StartPrior>;

/** The prior mass of the minute with this index, counted from 0. All masses sum to at most 1. */
export function startMass(prior: StartPrior, index: number): number {
  const { first, horizon } = prior;
  const dense = (1 - first) / horizon;
  if (index === 0) return first + dense;
  if (!("after" in prior)) return index < horizon ? dense : 0;
  const minute = index + 1;
  return dense * Math.min(1, (horizon / 2 / minute) ** 2);
}
