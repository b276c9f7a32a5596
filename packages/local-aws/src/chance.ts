import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** The local AWS's one source of chance: the same seed gives the same ids and choices in the same order. */
export interface Chance {
  /** In [0, 1). */
  random(): number;
  /** `length` characters of lower-case hex. */
  hexId(length: number): string;
}

export function seededChance(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  return {
    random: () => uniformFloat64(generator),
    hexId: (length) => Array.from({ length }, () => uniformInt(generator, 0, 15).toString(16)).join(""),
  };
}
