const cells = "▁▂▃▄▅▆▇█";

/**
 * The last `width` numbers as a row of bars: nil is the lowest one, `most` the highest, and where there is no number there is a
 * space. Rows drawn with the same `most` can be compared.
 */
export function sparkline(
  values: readonly (number | undefined)[],
  width: number,
  most = largest(values.slice(-width)),
): string {
  const bar = (value: number | undefined) =>
    value === undefined ? " " : cells.charAt(most === 0 ? 0 : Math.round(Math.min(1, value / most) * 7));
  return values.slice(-width).map(bar).join("").padStart(width);
}

/** The largest of some numbers, nil if there are none. */
export const largest = (values: readonly (number | undefined)[]): number =>
  Math.max(0, ...values.map((value) => value ?? 0));
