import { argo } from "./argo.ts";
import { breaches, ONE_PERCENT } from "./breaches.ts";

/**
 * Argo Rollouts set tight: 20% more every 2 minutes, each minute at 99% success and a p99 of 500 ms at most, and the last
 * step, all of the traffic, waited out like the others.
 */
export const argoTight = argo("argo-tight", {
  pauseMinutes: 2,
  pauses: 5,
  everyMinutes: 1,
  noData: "failure",
  failed: (window) => breaches(window, ONE_PERCENT),
});
