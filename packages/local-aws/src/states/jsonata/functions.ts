import { createHash } from "node:crypto";
import jsonata from "jsonata";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Json } from "../json.ts";

/** Where time and chance of an expression come from. */
export interface Surroundings {
  /** Milliseconds since the epoch, AWS time. */
  readonly now: number;
  readonly random: () => number;
  readonly hexId: (length: number) => string;
}

/**
 * The functions that Step Functions adds to JSONata, those of JSONata that would ask the wall clock, and no `$eval`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export function functions({ now, random, hexId }: Surroundings): Record<string, unknown> {
  return {
    partition,
    range,
    hash,
    parse: (text: unknown) => (text === undefined ? undefined : JSON.parse(String(text))),
    random: (seed?: number) =>
      seed === undefined ? random() : uniformFloat64(xoroshiro128plus(Math.trunc(seed))),
    uuid: () => uuid(hexId(32)),
    millis: () => now,
    now: (picture?: string, timezone?: string) => fromMillis.evaluate(undefined, { now, picture, timezone }),
    eval: undefined,
  };
}

const fromMillis = jsonata("$fromMillis($now, $picture, $timezone)");

function partition(array: readonly Json[] | undefined, size: number): Json | undefined {
  if (array === undefined) return undefined;
  if (!(size >= 1)) throw new Error("the size of a partition is at least 1");
  const parts: Json[] = [];
  for (let at = 0; at < array.length; at += Math.trunc(size))
    parts.push(array.slice(at, at + Math.trunc(size)));
  return parts;
}

/** As recorded on AWS, a range of one number is that number: ranges are JSONata sequences. */
function range(first: number, last: number, step: number): Json | undefined {
  const length = Math.floor((last - first) / step) + 1;
  if (!Number.isFinite(length) || length > 1000)
    throw new Error("a range has a step other than 0 and at most 1000 numbers");
  if (length < 1) return undefined;
  return length === 1 ? first : Array.from({ length }, (_, index) => first + index * step);
}

const algorithms = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];

function hash(data: unknown, algorithm: string): string {
  if (!algorithms.includes(algorithm)) throw new Error(`the algorithm is one of ${algorithms.join(", ")}`);
  return createHash(algorithm.replace("SHA-", "sha").toLowerCase()).update(String(data)).digest("hex");
}

function uuid(hex: string): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join("-");
}
