import type { Strategy } from "@espalier/rollout";
import type { Decider } from "../decider.ts";
import { startAdaptive } from "./adaptive.ts";
import { startCanary } from "./canary.ts";

/** The part of a rollout request that decides. */
export interface Asked {
  readonly strategy: Strategy;
  readonly alpha: number;
}

/** Espalier, asked for a rollout like this. */
export function espalier({ strategy, alpha }: Asked): Decider {
  return {
    rule: "espalier",
    metrics: "late",
    baseline: "stable",
    start: (history) =>
      strategy.type === "adaptive"
        ? startAdaptive({ strategy, alpha }, history)
        : startCanary({ strategy, alpha }),
  };
}
