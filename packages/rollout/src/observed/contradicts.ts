import type { ArmCounts } from "@espalier/evidence";
import { binomialTail } from "./binomial-tail.ts";

/** How sure one has to be of a minute, and how many such minutes in a row it takes. */
const CONFIDENCE = 0.999;
export const MOST_CONTRADICTED = 3;

/**
 * Whether a minute's counts contradict that the candidate was given this share, from 0 to 1: the Clopper-Pearson interval of the
 * share that it served excludes it. No traffic contradicts nothing.
 */
export function contradicts({ candidate, stable }: ArmCounts, asked: number): boolean {
  const all = candidate.requests + stable.requests;
  if (all === 0) return false;
  return binomialTail(candidate.requests, all, asked) < (1 - CONFIDENCE) / 2;
}
