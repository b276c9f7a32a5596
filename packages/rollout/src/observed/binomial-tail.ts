/**
 * The chance that as few or fewer, or as many or more, of `trials` come out as did: whichever tail `successes` lies in. The sum goes
 * outwards from there, where the terms only fall.
 */
export function binomialTail(successes: number, trials: number, chance: number): number {
  const mean = trials * chance;
  if (chance <= 0) return successes > 0 ? 0 : 1;
  if (chance >= 1) return successes < trials ? 0 : 1;
  const up = successes >= mean;
  let term = Math.exp(logBinomial(successes, trials, chance));
  let sum = 0;
  for (let k = successes; k >= 0 && k <= trials && term > sum * 1e-12; k += up ? 1 : -1) {
    sum += term;
    const odds = chance / (1 - chance);
    term *= up ? ((trials - k) / (k + 1)) * odds : k / (trials - k + 1) / odds;
  }
  return Math.min(1, sum);
}

/** The logarithm of the chance of exactly so many. */
function logBinomial(successes: number, trials: number, chance: number): number {
  const ways = logFactorial(trials) - logFactorial(successes) - logFactorial(trials - successes);
  return ways + successes * Math.log(chance) + (trials - successes) * Math.log1p(-chance);
}

/** By Stirling's series, whose error is below 1e-10 from 20 on; by the product below. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let k = 2; k <= n; k += 1) product *= k;
    return Math.log(product);
  }
  const x = n + 1;
  const series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}
