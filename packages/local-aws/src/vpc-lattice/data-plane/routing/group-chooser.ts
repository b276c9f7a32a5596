import type { RuleAction } from "../../control-plane/shapes/rule-action.ts";
import { chooseByChance, chooseEvenly } from "./choose-group.ts";

interface Choices {
  /** The recorded action that is chosen for: turns are counted for as long as it stays the same. */
  readonly key: RuleAction;
  readonly weights: readonly number[];
}

/** Chooses the index of a target group by its weight. */
export type GroupChooser = (choices: Choices) => number | undefined;

/** By chance, as Lattice does. */
export function randomChooser(random: () => number): GroupChooser {
  return ({ weights }) => chooseByChance(weights, random());
}

/** In turns, so that shares are exact. */
export function evenChooser(): GroupChooser {
  const turns = new WeakMap<RuleAction, number[]>();
  return ({ key, weights }) => {
    const served = turns.get(key) ?? weights.map(() => 0);
    turns.set(key, served);
    const chosen = chooseEvenly(weights, served);
    if (chosen !== undefined) served[chosen] = (served[chosen] ?? 0) + 1;
    return chosen;
  };
}
