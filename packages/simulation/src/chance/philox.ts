/**
 * Random numbers by address. Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC11) turns a key and a counter into four words by integer arithmetic alone, so that a seed gives the same numbers on any
 * machine, and what one minute draws never depends on how much another one drew.
 */
export class Chance {
  readonly #key: readonly [number, number];
  readonly #words = new Uint32Array(4);
  #stream = 0;
  #run = 0;
  #minute = 0;
  #block = 0;
  #used = 4;

  /** `seed` is a whole number from 0 to 2^53 - 1. */
  constructor(seed: number) {
    this.#key = [seed >>> 0, Math.floor(seed / WORD) >>> 0];
  }

  /** Goes to the beginning of the numbers kept for this stream, run and minute. */
  goTo(stream: number, run: number, minute: number): void {
    this.#stream = stream;
    this.#run = run;
    this.#minute = minute >>> 0;
    this.#block = 0;
    this.#used = 4;
  }

  /** The next number, above 0 and below 1, in steps of 2^-53. */
  uniform(): number {
    if (this.#used > 2) this.#refill();
    const high = this.#words[this.#used] ?? 0;
    const low = this.#words[this.#used + 1] ?? 0;
    this.#used += 2;
    return ((high >>> 5) * 67108864 + (low >>> 6) + 0.5) / 9007199254740992;
  }

  #refill(): void {
    philox(this.#words, this.#block, this.#minute, this.#run, this.#stream, this.#key[0], this.#key[1]);
    this.#block += 1;
    this.#used = 0;
  }
}

const WORD = 4294967296;

/** One block of Philox4x32-10: the counter's four words under the key's two, written into `out`. */
export function philox(
  out: Uint32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let c0 = counter0;
  let c1 = counter1;
  let c2 = counter2;
  let c3 = counter3;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round += 1) {
    const high0 = highWord(0xd251, 0x1f53, c0);
    const high1 = highWord(0xcd9e, 0x8d57, c2);
    const low0 = Math.imul(0xd2511f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of the product of two words, the first given by its halves. */
function highWord(aHigh: number, aLow: number, b: number): number {
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const carry = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middle = aLow * bHigh + (carry & 0xffff);
  return (aHigh * bHigh + (carry >>> 16) + (middle >>> 16)) | 0;
}
