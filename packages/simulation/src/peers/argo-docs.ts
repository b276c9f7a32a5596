import { argo } from "./argo.ts";

/** Argo Rollouts as its documentation's example has it: 20% more every 10 minutes, and 95% success over 5 minutes. */
export const argoDocs = argo("argo-docs", {
  pauseMinutes: 10,
  pauses: 4,
  everyMinutes: 5,
  noData: "nothing",
  failed: ({ requests, errors }) => 100 * errors > 5 * requests,
});
