/**
 * The index that `chance`, from 0 up to but not including 1, falls on when each index has a share of its weight. Undefined
 * where all weights are 0.
 */
export function chooseByChance(weights: readonly number[], chance: number): number | undefined {
  const point = chance * total(weights);
  let end = 0;
  let last: number | undefined;
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue;
    end += weight;
    if (point < end) return index;
    last = index;
  }
  // The product may have been rounded up to the whole.
  return last;
}

/**
 * The index whose turn it is after each index was chosen `served` times: the earliest deadline first, of those whose turn
 * has begun. Over any run each stays within one choice of its share, and over as many choices as the weights sum to
 * it has exactly its weight. Undefined where all weights are 0.
 * (Baruah, Cohen, Plaxton, Varvel: Proportionate Progress, 1996; one processor.)
 */
export function chooseEvenly(weights: readonly number[], served: readonly number[]): number | undefined {
  const all = total(weights);
  const now = total(served);
  let chosen: number | undefined;
  let earliest = Number.POSITIVE_INFINITY;
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue;
    const turn = served[index] ?? 0;
    const begins = Math.floor((turn * all) / weight);
    const deadline = Math.ceil(((turn + 1) * all) / weight);
    if (begins <= now && deadline < earliest) {
      chosen = index;
      earliest = deadline;
    }
  }
  return chosen;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
