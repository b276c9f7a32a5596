/*
 * Math.log, Math.exp and Math.sin may differ in the last bit between engines. These use only operations that IEEE 754
 * rounds exactly, so that a count drawn with them is the same on any machine. All are good to about 1e-15.
 */

const bits = new DataView(new ArrayBuffer(8));

/** The natural logarithm of a positive, normal number. */
export function ln(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  const tail =
    1 / 3 +
    z *
      (1 / 5 +
        z *
          (1 / 7 +
            z *
              (1 / 9 +
                z *
                  (1 / 11 +
                    z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z / 23)))))))));
  return exponent * LN2_LOW + (2 * (s + s * z * tail) + exponent * LN2_HIGH);
}

/** e to the power of x, for x up to 700; 0 below -700. */
export function exp(x: number): number {
  if (x < -700) return 0;
  const k = Math.round(x / Math.LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n > 0; n -= 1) sum = 1 + (sum * r) / n;
  bits.setUint32(0, (k + 1023) << 20);
  bits.setUint32(4, 0);
  return sum * bits.getFloat64(0);
}

/** The sine of a turn's fraction: sineOfTurn(1/4) is 1. */
export function sineOfTurn(turns: number): number {
  const x = 2 * Math.PI * (turns - Math.round(turns));
  let sum = 1;
  for (let n = 28; n > 0; n -= 2) sum = 1 - (sum * x * x) / (n * (n + 1));
  return x * sum;
}

// Sun's split of ln 2 (fdlibm): the first part times a whole number below 2^20 is exact.
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
