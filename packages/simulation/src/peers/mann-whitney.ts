/**
 * Whether the first sample lies higher than the second by more than `tolerance` times the estimated shift, as Kayenta's
 * MannWhitneyClassifier asks it of R's wilcox.test: the estimate is the median of all differences (Hodges and Lehmann), and
 * its lower confidence bound is above that line if the statistic, taken just above the line, still exceeds the normal
 * quantile `critical`, with the corrections for continuity and for ties within a sample. Sorts both samples.
 */
export function liesHigher(
  first: Float64Array,
  second: Float64Array,
  { critical, tolerance }: { critical: number; tolerance: number },
): boolean {
  const pairs = first.length * second.length;
  if (pairs === 0) return false;
  first.sort();
  second.sort();
  const needed = pairs / 2 + 0.5 + critical * spreadOf(first, second);
  const above = (line: number) => pairs - differencesUpTo(first, second, line);
  // The line is at 0 or higher: where even 0 is too high, the shift need not be estimated.
  return above(0) > needed && above(tolerance * Math.abs(medianDifference(first, second))) > needed;
}

function spreadOf(first: Float64Array, second: Float64Array): number {
  const all = first.length + second.length;
  const ties = (tiesIn(first) + tiesIn(second)) / (all * (all - 1));
  return Math.sqrt(((first.length * second.length) / 12) * (all + 1 - ties));
}

/** The sum of t^3 - t over the runs of t equal values in a sorted sample. */
function tiesIn(sorted: Float64Array): number {
  let [sum, run] = [0, 1];
  for (let k = 1; k <= sorted.length; k += 1) {
    if (sorted[k] === sorted[k - 1]) run += 1;
    else {
      sum += run * run * run - run;
      run = 1;
    }
  }
  return sum;
}

/** The median of first[i] - second[j] over all pairs of two sorted samples; the lower one of an even count. */
export function medianDifference(first: Float64Array, second: Float64Array): number {
  const rank = Math.ceil((first.length * second.length) / 2);
  let low = (first[0] ?? 0) - (second.at(-1) ?? 0);
  let high = (first.at(-1) ?? 0) - (second[0] ?? 0);
  if (differencesUpTo(first, second, low) >= rank) return low;
  // Bisection to the last bit: the count on the left stays below the rank, the one on the right reaches it.
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (differencesUpTo(first, second, middle) >= rank) high = middle;
    else low = middle;
  }
}

/** How many of the differences first[i] - second[j] are at most `limit`; both samples sorted. */
function differencesUpTo(first: Float64Array, second: Float64Array, limit: number): number {
  let count = 0;
  let below = 0;
  for (const value of first) {
    while (below < second.length && value - (second[below] ?? 0) > limit) below += 1;
    count += second.length - below;
  }
  return count;
}
