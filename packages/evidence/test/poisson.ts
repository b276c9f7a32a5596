/** The chances of 0, 1, 2, ... of a Poisson law with this mean, up to where they no longer matter. */
export function poissonChances(mean: number): number[] {
  const chances = [Math.exp(-mean)];
  for (let k = 1; k < 400; k += 1) {
    const chance = ((chances[k - 1] ?? 0) * mean) / k;
    if (k > mean && chance < 1e-13) break;
    chances.push(chance);
  }
  return chances;
}

/** Numbers from 0 to 1 that look random and are the same on every machine (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A Poisson count, by inversion; means of a few hundred at most. */
export function poisson(mean: number, random: () => number): number {
  let left = random();
  let chance = Math.exp(-mean);
  for (let k = 0; k < 2000; k += 1) {
    left -= chance;
    if (left < 0) return k;
    chance *= mean / (k + 1);
  }
  return 2000;
}
