/**
 * Every constant of the ramp, with its reason. None of them touches the guarantee: the share follows from what was seen before,
 * and the evidence holds for any share. They decide how fast a good candidate gets on and how much a bad one costs.
 */
export const rampConstants = {
  /** Requests a minute that the first share is to bring to the candidate: evidence per bad request is best at small shares. */
  firstRequestsPerMinute: 46,
  /** The smallest first share: below it a candidate sees too little to fail visibly. In percent. */
  smallestFirstShare: 1,
  /** The largest first share, unless the user sets it: nothing is known of the candidate yet. In percent. */
  largestFirstShare: 10,
  /**
   * The shares in percent, each entered when a certificate holds or after its cap (in minutes): so that a busy service moves in
   * minutes and a quiet one does not wait for ever. `errors` and `slow` are by how much the candidate's share of such requests
   * may still exceed the stable one's, about what the step can afford; `beta` is the chance of certifying one that exceeds it.
   */
  steps: [
    { share: 7, cap: 4, errors: 0.03, slow: 0.14, beta: 0.3 },
    { share: 12, cap: 4, errors: 0.0165, slow: 0.08, beta: 0.3 },
    { share: 20, cap: 4, errors: 0.01, slow: 0.05, beta: 0.35 },
    { share: 40, cap: 4, errors: 0.005, slow: 0.025, beta: 0.4 },
    { share: 90, cap: 6, errors: 0.005, slow: 0.02, beta: 0.15 },
  ],
  /** Promotion asks for a stricter one: without it, regressions of .1 to .5% are found in 91% instead of 96%. */
  promotion: { errors: 0.0025, slow: 0.015, beta: 0.1 },
  /** Certificates allow the candidate this many times the stable rate, so that a noisy base does not block them. */
  certificateRatio: 1.6,
  /** Bursts hide faults for a while, so with a noisy metric the caps, and the time of suspicion, are this many times as long. */
  noisyFactor: 3,
  /** The minutes at the last step before promotion, with the certificate and without it. */
  bake: 10,
  bakeCap: 16,
  /** Suspicion (a CUSUM) from which on a certificate no longer moves the share up, and time does not either. */
  suspicionHoldsCertified: 1.6,
  suspicionHolds: 3,
  /** Suspicion from which on the share shrinks to `shrunk` percent: a leak then costs 3.9 minutes of exposure instead of 9. */
  suspicionShrinks: 2.5,
  shrunk: 9,
  /**
   * Where a long suspicion, and a late doubt, is settled: evidence per minute peaks near 45%, but a fault of .1 to .5% costs less
   * at this share, in percent, since it asks for nearly as few minutes.
   */
  informative: 30,
  /** After so many suspicious minutes a small share only prolongs the doubt. */
  longSuspicion: 12,
  /**
   * Suspicion, weighed over the metrics, that takes the last step back to the informative share. The largest of several CUSUMs is
   * high by chance in some minute of most healthy bakes, and few of them would stay at 90%.
   */
  suspicionAtLastStep: 1.8,
  /** The hold-back's share on the stable group in percent, and its length in minutes, unless the user sets them. */
  holdBack: { share: 5, minutes: 60 },
  /**
   * During the hold-back, this doubt doubles the share held back at once, and that one takes it to the informative share. An hour is
   * long enough for chance to raise small doubts in most healthy rollouts, so those must cost little.
   */
  doubtWidens: 1.3,
  doubtHeldBack: 3,
  /** A hold-back that ends in such a doubt goes on for at most so many minutes. */
  doubtProlongs: 2,
  holdBackDoubt: 30,
  /** Below so much evidence in favour a rate is not yet excluded, where a budget of bad requests is to be kept: 1 in 20. */
  budgetBeta: 0.05,
  /**
   * Minutes for which a share is served before the look that can take it back: its own, a minute's lag of the metrics, and the shift.
   * Where metrics come later than a minute after their end, a candidate may cost that many minutes more than its budget.
   */
  budgetMinutes: 3,
} as const;
