import * as z from "zod";
import { type ArmCounts, addCounts, ArmCounts as Counted, type Counts, noCounts } from "./counts.ts";
import { MARGINS } from "./margins.ts";
import { bounded, evidenceOf, Mixture, MOST_LOG, stake, startMixture, weightedMean } from "./mixture.ts";
import { Alternatives, errorRegression } from "./regression.ts";
import { StartPrior } from "./start-prior.ts";

/** The user's own objective: the largest share of bad requests that is still good enough, unless the stable arm misses it too. */
export const ObjectivePlan = z.object({
  /** The metric whose counts it is about. */
  metric: z.string(),
  rate: z.number().gt(0).lt(1),
  /** Its part of the whole evidence; the compared metrics have the rest. */
  share: z.number().gt(0).lt(1),
  alternatives: Alternatives,
  start: StartPrior,
});
export type ObjectivePlan = z.infer<typeof ObjectivePlan>;

/** How far the test of an objective has come. `suspicion` are its bets' CUSUMs, which guarantee nothing. */
export const ObjectiveState = z.object({
  version: z.literal(1),
  ...Mixture.shape,
  counts: Counted,
  /** What the minutes add up to that are not yet bet on. */
  open: Counted.default(noCounts),
  suspicion: z.array(z.number().nonnegative()),
});
export type ObjectiveState = z.infer<typeof ObjectiveState>;

// The comparison finds most of what an objective does, and sooner, so it keeps nearly all of the evidence: this costs it a
// tenth of a nat.
const SHARE = 0.1;

/** The plan for "at most `errorRate` of the candidate's requests fail". */
export function planObjective(
  { errorRate }: { readonly errorRate: number },
  start: StartPrior,
): ObjectivePlan {
  return {
    metric: "errors",
    rate: errorRate,
    share: SHARE,
    alternatives: errorRegression.alternatives,
    start,
  };
}

/** A minute, and whether the candidate was to serve all of it, which must be fixed before it begins. */
interface Served extends ArmCounts {
  readonly alone: boolean;
}

/** The state before any minute. */
export function startObjective({ alternatives }: ObjectivePlan): ObjectiveState {
  return {
    version: 1,
    ...startMixture(alternatives.length),
    counts: noCounts,
    open: noCounts,
    suspicion: alternatives.map(() => 1),
  };
}

/**
 * The state after one more minute: for each alternative the lesser of two e-values, that the candidate misses the objective and
 * that the stable arm does not. Where either is false the lesser is not expected to win, so an outage of both arms is held against
 * neither, during it or after it. Where the stable arm was to serve nothing the candidate is judged alone; one that served nothing by
 * chance proves nothing, however often that is.
 *
 * A few requests of the stable arm prove so little that the lesser of the two would never grow. So minutes are added up into a
 * block until it has served about as many as have one bad at the objective's rate, and the block is bet on as one minute is: its
 * sums are Poisson too, and when it closes depends on how many requests came and not on how they ended. A minute that suffices
 * is bet on by itself, and what was open before it is left out.
 */
export function holdAgainst(plan: ObjectivePlan, state: ObjectiveState, minute: Served): ObjectiveState {
  const { candidate, stable } = minute;
  const block = suffices(plan, minute) ? minute : { ...addCounts(state.open, minute), alone: false };
  const closes = suffices(plan, block);
  const bets = plan.alternatives.map(({ times }) => (closes ? betOn(plan.rate, times, block) : 1));
  return {
    version: 1,
    ...stake(plan.start, state, bets),
    counts: addCounts(state.counts, { candidate, stable }),
    open: closes ? noCounts : { candidate: block.candidate, stable: block.stable },
    suspicion: bets.map((bet, k) => bounded(Math.max(1, state.suspicion[k] ?? 1) * bet)),
  };
}

const suffices = ({ rate }: ObjectivePlan, { stable, alone }: Served) =>
  stable.requests * rate >= 1 || (alone && stable.requests === 0);

function betOn(rate: number, times: number, { candidate, stable, alone }: Served): number {
  if (candidate.requests === 0) return 1;
  const kept = alone && stable.requests === 0 ? Number.POSITIVE_INFINITY : betOnKeeping(rate, stable);
  return Math.min(kept, betOnMissing(rate, times, candidate));
}

/**
 * The evidence against "in every minute, or block of them, the candidate meets the objective, or the stable arm serves and misses it
 * too", as odds to 1. A block in which an outage of both begins or ends may be neither; it has less than twice the requests that
 * suffice, which bounds what it can win to 3.4 times: five of them in a row would not reach 1000.
 */
export function evidenceAgainstObjective(plan: ObjectivePlan, state: ObjectiveState): number {
  return evidenceOf(state, plan.alternatives);
}

/** How suspicious the latest minutes are, without a guarantee. */
export function suspicionOfObjective(plan: ObjectivePlan, state: ObjectiveState): number {
  return weightedMean(state.suspicion, plan.alternatives);
}

/** One minute's e-value against "the rate is at most the objective's": times^X * exp(-n * rate * (times - 1)). */
function betOnMissing(rate: number, times: number, { requests, bad }: Counts): number {
  return Math.exp(Math.min(MOST_LOG, bad * Math.log(times) - requests * rate * (times - 1)));
}

/** One minute's e-value against "the rate is at least the objective's": the mean of (1 - f)^X * exp(n * rate * f). */
function betOnKeeping(rate: number, { requests, bad }: Counts): number {
  const sum = MARGINS.reduce(
    (total, f) => total + Math.exp(Math.min(MOST_LOG, bad * Math.log1p(-f) + requests * rate * f)),
    0,
  );
  return sum / MARGINS.length;
}
