import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** What a run draws from: the same seed draws the same. */
export interface Chance {
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  /** True this share of times, from 0 to 1. */
  often(share: number): boolean;
  one<const Things extends readonly [unknown, ...unknown[]]>(things: Things): Things[number];
  /** So many draws, 0 to `most`. */
  several<Thing>(most: number, draw: () => Thing): Thing[];
}

export function seeded(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  const int = (least: number, most: number) => uniformInt(generator, least, most);
  return {
    int,
    often: (share) => uniformFloat64(generator) < share,
    one: (things) => things[int(0, things.length - 1)],
    several: (most, draw) => Array.from({ length: int(0, most) }, draw),
  };
}
